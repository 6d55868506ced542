interface Row {
  id: number;
}

export function show(level: number, time: string, left: Row, right: Row, MAX_SIZE: number): void {
  // report: the file says "use client"
  console.log('values', level, time);
  // report: the file says "use client"
  console.log('rows', left.id, right.id);
  // report: the file says "use client"
  console.log('twice', left.id, [left.id], MAX_SIZE);
  // report: the file says "use client"
  console.log('sum', left.id + right.id);
  // report: the file says "use client"
  console.log(`total: ${left.id + right.id}`);
}
