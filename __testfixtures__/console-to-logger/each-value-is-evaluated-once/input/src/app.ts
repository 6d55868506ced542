export async function count(next: () => number, load: () => Promise<string>): Promise<void> {
  let total = 0;
  // report: the file says "use client"
  console.log('next', next(), await load());
  // report: the file says "use client"
  console.log('total', (total += 1));
  // report: the file says "use client"
  console.log(`loaded ${await load()} now`);
  // report: the file says "use client"
  console.log(`took ${next()}ms`);
  // report: the file says "use client"
  console.log('total', total++);
}
