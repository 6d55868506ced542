export async function count(next: () => number, load: () => Promise<string>): Promise<void> {
  let total = 0;
  // safe: console.log → logger.info
  console.log('next', next(), await load());
  // safe: console.log → logger.info
  console.log('total', (total += 1));
  // safe: console.log → logger.info
  console.log(`loaded ${await load()} now`);
  // safe: console.log → logger.info
  console.log(`took ${next()}ms`);
  // safe: console.log → logger.info
  console.log('total', total++);
}
