import { logger } from './logger';

export async function count(next: () => number, load: () => Promise<string>): Promise<void> {
  let total = 0;
  // review: `next()` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ next: next(), load: await load() }, 'next');
  // safe: console.log → logger.info
  logger.info({ total: (total += 1) }, 'total');
  // safe: console.log → logger.info
  logger.info({ load: await load() }, 'loaded now');
  // review: `next()` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ next: next() }, 'took {next}ms');
  // safe: console.log → logger.info
  logger.info({ total: total++ }, 'total');
}
