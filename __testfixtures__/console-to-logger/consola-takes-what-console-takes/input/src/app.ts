export function show(id: number, err: unknown): void {
  // report: the file says "use client"
  console.log('id', id);
  // report: the file says "use client"
  console.error('failed', err);
}
