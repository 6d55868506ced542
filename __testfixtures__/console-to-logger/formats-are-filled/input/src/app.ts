export function report(name: string, count: number, rest: object): void {
  // report: the file says "use client"
  console.log('%s has %d', name, count);
  // report: the file says "use client"
  console.log('%s has %d%%', name, 5, rest);
  // report: the file says "use client"
  console.log('%c styled', 'color: red');
  // report: the file says "use client"
  console.log('100%', count);
  // report: the file says "use client"
  console.log('%j', rest);
}
