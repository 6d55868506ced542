export function report(name: string, count: number, rest: object): void {
  // safe: console.log → logger.info
  console.log('%s has %d', name, count);
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  console.log('found %d of %s', count, name, rest);
}
