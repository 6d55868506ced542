export function show(): void {
  // report: the file says "use client"
  console?.log('optional object');
  // report: the method is called only where it exists
  console.log?.('optional method');
  // report: the file says "use client"
  globalThis.console.warn('global');
}
