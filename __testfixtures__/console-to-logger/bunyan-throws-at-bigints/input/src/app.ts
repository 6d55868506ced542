export function show(size: bigint): void {
  // report: the file says "use client"
  console.log('size', size);
}
