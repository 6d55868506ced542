export function show(id: number, name: string, err: unknown): void {
  // report: the file says "use client"
  console.log('id', id, name);
  // report: the file says "use client"
  console.log('%s is %d', name, id);
  // report: the file says "use client"
  console.error('failed', err);
  // report: the file says "use client"
  console.error('failed', { id }, err);
}
