export function compare(error: Error, cause: Error): void {
  // report: the file says "use client"
  console.error('both', error, cause);
  // report: the file says "use client"
  console.error('in a list', [error]);
  // report: the file says "use client"
  console.error('inside', { details: { error } });
}
