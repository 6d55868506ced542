export function show(values: string[]): void {
  // report: the file says "use client"
  console.log('values', ...values);
}
