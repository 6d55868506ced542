export function show(id: string | undefined, at: Date | null, list?: number[]): void {
  // safe: console.log → logger.info
  console.log('values', id, at, list);
}
