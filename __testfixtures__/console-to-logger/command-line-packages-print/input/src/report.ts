export function show(found: number): void {
  // report: its package has a `bin` and depends on no server
  console.log('found', found);
}
