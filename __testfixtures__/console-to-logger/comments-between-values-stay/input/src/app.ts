export function show(id: number): void {
  // safe: console.log → logger.info
  console.log(
    // the first
    'first',
  );
  // report: A check of the result failed: the comment in line 6 would be lost: /* the text */
  console.log('second' /* the text */, id /* the id */);
}
