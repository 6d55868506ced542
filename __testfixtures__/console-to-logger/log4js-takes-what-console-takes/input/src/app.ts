export function show(id: number, values: string[], token: string, err: unknown): void {
  // safe: console.log → logger.info
  console.log('%s is %d', values, id);
  // safe: console.error → logger.error
  console.error('failed', err, ...values);
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  console.log({ id, token });
  // safe: console.debug → logger.debug
  console.debug(err);
}
