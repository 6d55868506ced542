export function show(rows: string[], tree: { left: number }, count: number): void {
  // safe: console.table → logger.info
  console.table(rows);
  // report: it picks the columns of a table: choose the fields to log
  console.table(rows, ['id']);
  // review: the level `debug` is written where this was read: `console.dir` always writes
  console.dir(tree, { depth: null });
  // safe: console.assert → logger.error
  console.assert(count > 0, 'no rows', count);
  // safe: console.assert → logger.error
  console.assert(count > 1);
  // review: the level `trace` is written where this was read: `console.trace` always writes
  console.trace('here');
  // report: it is no statement of its own, which an `if` needs
  if (count) console.assert(count > 2, 'too few');
}
