export function check(): void {
  // report: it is a test file
  console.log('in a test file');
}
