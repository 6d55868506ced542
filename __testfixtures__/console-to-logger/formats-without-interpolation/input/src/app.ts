export function report(name: string, count: number, rest: object): void {
  // report: the file says "use client"
  console.log('%s has %d', name, count);
  // report: the file says "use client"
  console.log('found %d of %s', count, name, rest);
}
