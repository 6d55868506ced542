export function compare(error: Error, cause: Error): void {
  // report: it logs two errors, and a record has a place for one
  console.error('both', error, cause);
  // report: `error` is an error inside a list, whose message and stack JSON leaves out
  console.error('in a list', [error]);
  // report: `error` is an error inside an object, whose message and stack JSON leaves out
  console.error('inside', { details: { error } });
}
