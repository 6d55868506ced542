export function show(value: unknown, load: () => any): void {
  // report: the file says "use client"
  console.log('value', value);
  // report: the file says "use client"
  console.log('loaded', load());
  // report: the file says "use client"
  console.log('text', String(value));
  // report: the file says "use client"
  console.log('text', JSON.stringify(value));
}
