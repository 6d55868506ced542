export function report(name: string, count: number, rest: object): void {
  // safe: console.log → logger.info
  console.log('%s has %d', name, count);
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  console.log('%s has %d%%', name, 5, rest);
  // safe: console.log → logger.info
  console.log('%c styled', 'color: red');
  // safe: console.log → logger.info
  console.log('100%', count);
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  console.log('%j', rest);
}
