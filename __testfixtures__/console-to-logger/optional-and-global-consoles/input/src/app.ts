export function show(): void {
  // safe: console.log → logger.info
  console?.log('optional object');
  // report: the method is called only where it exists
  console.log?.('optional method');
  // safe: console.warn → logger.warn
  globalThis.console.warn('global');
}
