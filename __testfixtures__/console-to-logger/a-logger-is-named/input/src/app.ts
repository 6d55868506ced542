export function show(id: number): void {
  // review: the logger's format writes fields
  console.log('id', id);
  // safe: console.error → log.error
  console.error('failed');
}
