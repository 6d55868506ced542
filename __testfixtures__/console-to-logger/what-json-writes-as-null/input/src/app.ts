export function show(input: string, ratio: number, userCount: number, at: Date, all: number[]): void {
  const started = Date.now();
  // review: `Number(input)` is a number: JSON keeps it, but for NaN and infinities
  console.log('x', Number(input));
  // review: `ratio` is a number: JSON keeps it, but for NaN and infinities
  console.log('ratio', ratio);
  // review: `-0` is a number: JSON keeps it, but for NaN and infinities, which it writes as null, and -0
  console.log('zero', -0);
  // review: `all` is of numbers: JSON keeps it, but for NaN and infinities
  console.log('all', all);
  // review: `at` is a valid date
  console.log('at', at);
  // safe: console.log → logger.info
  console.log('now', new Date());
  // safe: console.log → logger.info
  console.log('users', userCount, input.length + 1);
  // safe: console.log → logger.info
  console.log('seconds', (Date.now() - started) / 1000);
  // safe: console.log → logger.info
  console.log('below', -1);
}
