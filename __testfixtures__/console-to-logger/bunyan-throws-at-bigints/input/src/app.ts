export function show(size: bigint): void {
  // report: bunyan throws where a bigint is logged
  console.log('size', size);
}
