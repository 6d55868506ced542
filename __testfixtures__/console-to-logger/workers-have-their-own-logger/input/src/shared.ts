export function shared(size: number): void {
  // safe: console.log → logger.info
  console.log('shared', size);
}
