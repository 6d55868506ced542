export function show(id: number): void {
  // safe: console.log → logger.info
  console.log('id', id);
  // safe: console.error → logger.error
  console.error('failed', new Error('x'));
}
