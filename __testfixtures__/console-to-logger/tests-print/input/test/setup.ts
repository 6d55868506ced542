export function setup(): void {
  // report: it is in the test folder `test`
  console.log('in a test folder');
}
