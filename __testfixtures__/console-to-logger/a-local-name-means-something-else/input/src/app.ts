export function show(logger: string): void {
  // report: the file says "use client"
  console.log('shown', logger);
}
