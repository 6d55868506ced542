export function show(id: number): void {
  // safe: console.log → logger.info
  console.log('id', id);
}
