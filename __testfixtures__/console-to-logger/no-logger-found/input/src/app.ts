export function show(id: number): void {
  // report: the file says "use client"
  console.log('id', id);
}
