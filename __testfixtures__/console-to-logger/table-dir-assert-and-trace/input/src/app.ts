export function show(rows: string[], tree: { left: number }, count: number): void {
  // report: the file says "use client"
  console.table(rows);
  // report: it picks the columns of a table: choose the fields to log
  console.table(rows, ['id']);
  // report: the file says "use client"
  console.dir(tree, { depth: null });
  // report: the file says "use client"
  console.assert(count > 0, 'no rows', count);
  // report: the file says "use client"
  console.assert(count > 1);
  // report: the file says "use client"
  console.trace('here');
  // report: it is no statement of its own, which an `if` needs
  if (count) console.assert(count > 2, 'too few');
}
