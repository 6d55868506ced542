/** A queue cannot be reached, or does not do what it is asked to: a sentence without its full stop. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}
