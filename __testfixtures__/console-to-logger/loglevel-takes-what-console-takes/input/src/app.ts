export function show(id: number, err: unknown): void {
  // review: the logger writes the level `info`, which loglevel leaves out by default
  console.log('id', id);
  // safe: console.error → logger.error
  console.error(err);
}
