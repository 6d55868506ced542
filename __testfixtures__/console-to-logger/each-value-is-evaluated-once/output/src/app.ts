import { logger } from './logger';

export async function count(next: () => number, load: () => Promise<string>): Promise<void> {
  let total = 0;
  // safe: console.log → logger.info
  logger.info({ next: next(), load: await load() }, 'next');
  // safe: console.log → logger.info
  logger.info({ total: (total += 1) }, 'total');
  // safe: console.log → logger.info
  logger.info({ load: await load() }, 'loaded now');
  // safe: console.log → logger.info
  logger.info({ next: next() }, 'took {next}ms');
  // safe: console.log → logger.info
  logger.info({ total: total++ }, 'total');
}
