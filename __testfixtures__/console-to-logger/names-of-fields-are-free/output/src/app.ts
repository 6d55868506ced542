import { logger } from './logger';

interface Row {
  id: number;
}

export function show(level: number, time: string, left: Row, right: Row, MAX_SIZE: number): void {
  // review: `level` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ levelValue: level, timeValue: time }, 'values');
  // safe: console.log → logger.info
  logger.info({ leftId: left.id, rightId: right.id }, 'rows');
  // safe: console.log → logger.info
  logger.info({ leftId: left.id, value: [left.id], maxSize: MAX_SIZE }, 'twice');
  // safe: console.log → logger.info
  logger.info({ sum: left.id + right.id }, 'sum');
  // safe: console.log → logger.info
  logger.info({ total: left.id + right.id }, 'total');
}
