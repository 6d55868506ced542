export function show(name: string, ratio: number, count: number, found: number | undefined): void {
  // safe: console.log → logger.info
  console.log('%s has %i', name, count);
  // safe: console.log → logger.info
  console.log('ratio is %d', ratio);
  // review: `ratio` is a whole number: `%i` cuts off the rest
  console.log('%i items', ratio);
  // review: `found` is a number: `%d` writes other values as numbers or NaN
  console.log('found %d', found);
  // review: `name` is a number: `%d` writes other values as numbers or NaN
  console.log('size %d', name);
}
