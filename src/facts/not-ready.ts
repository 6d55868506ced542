/** A question needs something that is built once for all: `recover` of the facts builds it, and the question can be asked again. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}
