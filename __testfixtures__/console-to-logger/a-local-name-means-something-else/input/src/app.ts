export function show(logger: string): void {
  // safe: console.log → logger2.info
  console.log('shown', logger);
}
