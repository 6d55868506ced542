import { logger } from './logger';

export function show(input: string, ratio: number, userCount: number, at: Date, all: number[]): void {
  const started = Date.now();
  // review: `Number(input)` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ input: Number(input) }, 'x');
  // review: `ratio` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ ratio }, 'ratio');
  // review: `-0` is a number: JSON keeps it, but for NaN and infinities, which it writes as null, and -0
  logger.info({ zero: -0 }, 'zero');
  // review: `all` is of numbers: JSON keeps it, but for NaN and infinities
  logger.info({ all }, 'all');
  // review: `at` is a valid date
  logger.info({ at }, 'at');
  // safe: console.log → logger.info
  logger.info({ date: new Date() }, 'now');
  // safe: console.log → logger.info
  logger.info({ userCount, value: input.length + 1 }, 'users');
  // safe: console.log → logger.info
  logger.info({ seconds: (Date.now() - started) / 1000 }, 'seconds');
  // safe: console.log → logger.info
  logger.info({ below: -1 }, 'below');
}
