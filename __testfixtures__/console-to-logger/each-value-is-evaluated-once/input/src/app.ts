export async function count(next: () => number, load: () => Promise<string>): Promise<void> {
  let total = 0;
  // review: `next()` is a number: JSON keeps it, but for NaN and infinities
  console.log('next', next(), await load());
  // safe: console.log → logger.info
  console.log('total', (total += 1));
  // safe: console.log → logger.info
  console.log(`loaded ${await load()} now`);
  // review: `next()` is a number: JSON keeps it, but for NaN and infinities
  console.log(`took ${next()}ms`);
  // safe: console.log → logger.info
  console.log('total', total++);
}
