export function show(id: string | undefined, at: Date | null, list?: number[]): void {
  // review: `at` is a valid date
  console.log('values', id, at, list);
}
