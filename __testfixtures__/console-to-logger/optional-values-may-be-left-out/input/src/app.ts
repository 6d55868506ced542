export function show(id: string | undefined, at: Date | null, list?: number[]): void {
  // report: the file says "use client"
  console.log('values', id, at, list);
}
