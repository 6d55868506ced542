import { logger } from './logger';

export function show(rows: string[], tree: { left: number }, count: number): void {
  // safe: console.table → logger.info
  logger.info({ rows }, 'rows');
  // report: it picks the columns of a table: choose the fields to log
  console.table(rows, ['id']);
  // review: the level `debug` is written where this was read: `console.dir` always writes
  logger.debug({ tree }, 'tree');
  // safe: console.assert → logger.error
  if (!(count > 0)) logger.error({ count }, 'no rows');
  // safe: console.assert → logger.error
  if (!(count > 1)) logger.error('Assertion failed');
  // review: the level `trace` is written where this was read: `console.trace` always writes
  logger.trace({ stack: new Error().stack }, 'here');
  // report: it is no statement of its own, which an `if` needs
  if (count) console.assert(count > 2, 'too few');
}
