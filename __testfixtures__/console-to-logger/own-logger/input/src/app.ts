export function show(id: number): void {
  // report: the file says "use client"
  console.log('id', id);
  // report: the file says "use client"
  console.error('failed', new Error('x'));
}
