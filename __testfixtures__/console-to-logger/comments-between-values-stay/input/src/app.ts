export function show(id: number): void {
  // report: the file says "use client"
  console.log(
    // the first
    'first',
  );
  // report: the file says "use client"
  console.log('second' /* the text */, id /* the id */);
}
