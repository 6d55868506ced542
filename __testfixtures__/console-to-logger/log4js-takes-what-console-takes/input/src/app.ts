export function show(id: number, values: string[], token: string, err: unknown): void {
  // report: the file says "use client"
  console.log('%s is %d', values, id);
  // report: the file says "use client"
  console.error('failed', err, ...values);
  // report: the file says "use client"
  console.log({ id, token });
  // report: the file says "use client"
  console.debug(err);
}
