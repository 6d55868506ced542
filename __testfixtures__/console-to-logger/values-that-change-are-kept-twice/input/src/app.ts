export function show(q: string[], o: { name: string }, rename: () => string): void {
  let a = 1;
  // safe: console.log → logger.info
  console.log('v', a, (a += 1), a);
  // safe: console.log → logger.info
  console.log('x', o.name, rename(), o.name);
  // safe: console.log → logger.info
  console.log('was', o.name, 'is', q.length, 'still', o.name);
  // safe: console.log → logger.info
  console.log('took ' + q.join() + ', left ' + q.length);
}
