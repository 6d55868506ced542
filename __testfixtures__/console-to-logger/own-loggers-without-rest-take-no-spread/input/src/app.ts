export function show(...values: string[]): void {
  // report: the number of values that are spread is not known
  console.log('values', ...values);
}
