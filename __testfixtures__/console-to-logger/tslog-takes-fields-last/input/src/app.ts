export function show(id: number, name: string, err: unknown): void {
  // safe: console.log → logger.info
  console.log('id', id, name);
  // safe: console.log → logger.info
  console.log('%s is %d', name, id);
  // safe: console.error → logger.error
  console.error('failed', err);
  // safe: console.error → logger.error
  console.error('failed', { id }, err);
}
