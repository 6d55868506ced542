export function show(id: number, values: string[], token: string, err: unknown): void {
  // review: the logger writes the level `info`, which log4js leaves out by default
  console.log('%s is %d', values, id);
  // safe: console.error → logger.error
  console.error('failed', err, ...values);
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  console.log({ id, token });
  // review: the logger writes the level `debug`, which log4js leaves out by default
  console.debug(err);
}
