export function show(seen: Map<string, number>, done: () => void, later: Promise<string>, key: symbol): void {
  // report: the file says "use client"
  console.log('seen', seen);
  // report: the file says "use client"
  console.log('done', done);
  // report: the file says "use client"
  console.log('later', later);
  // report: the file says "use client"
  console.log('key', key);
  // report: the file says "use client"
  console.log('set', new Set([1]));
  // report: the file says "use client"
  console.log('methods', { run() {} });
  // report: the file says "use client"
  console.log('entries', [...seen]);
}
