interface Row {
  id: number;
}

export function show(level: number, time: string, left: Row, right: Row, MAX_SIZE: number): void {
  // review: `level` is a number: JSON keeps it, but for NaN and infinities
  console.log('values', level, time);
  // safe: console.log → logger.info
  console.log('rows', left.id, right.id);
  // safe: console.log → logger.info
  console.log('twice', left.id, [left.id], MAX_SIZE);
  // safe: console.log → logger.info
  console.log('sum', left.id + right.id);
  // safe: console.log → logger.info
  console.log(`total: ${left.id + right.id}`);
}
