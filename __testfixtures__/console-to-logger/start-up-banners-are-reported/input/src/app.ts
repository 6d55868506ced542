// report: the file says "use client"
console.log('starting');

export function run(): void {
  // report: the file says "use client"
  console.log('running');
}
