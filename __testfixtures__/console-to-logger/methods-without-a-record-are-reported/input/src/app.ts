export function show(label: string): void {
  // report: a group indents what follows, and records stand alone: use a child logger with the group as a field
  console.group(label);
  // report: a group indents what follows, and records stand alone: use a child logger with the group as a field
  console.groupEnd();
  // report: `console` keeps the count itself: count in a variable or a metric, and log that
  console.count(label);
  // report: `console` keeps the time itself: take `performance.now()` before and after, and log the difference as `durationMs`
  console.time(label);
  // report: `console` keeps the time itself: take `performance.now()` before and after, and log the difference as `durationMs`
  console.timeEnd(label);
  // report: it clears a terminal, and a log has none: delete it
  console.clear();
  // report: it writes an empty line, which says nothing in a log: delete it
  console.log();
  // report: it writes an empty line, which says nothing in a log: delete it
  console.log('');
}
