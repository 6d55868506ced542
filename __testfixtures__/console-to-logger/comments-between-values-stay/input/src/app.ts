export function show(id: number): void {
  // safe: console.log → logger.info
  console.log(
    // the first
    'first',
  );
  // report: a comment between its values would be lost
  console.log('second' /* the text */, id /* the id */);
}
