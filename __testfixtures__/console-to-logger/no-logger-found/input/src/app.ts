export function show(id: number): void {
  // report: the package depends on no logger that is known and has no logger module: name one with `--option logger=./src/logger.ts`, or have one made with `--option create=src/logger.ts`
  console.log('id', id);
}
