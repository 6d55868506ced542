import { logger } from './logger';

export function report(name: string, count: number, rest: object): void {
  // safe: console.log → logger.info
  logger.info('%s has %d', name, count);
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  logger.info({ name, rest }, 'has 5%');
  // safe: console.log → logger.info
  logger.info('styled');
  // safe: console.log → logger.info
  logger.info({ count }, '100%');
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  logger.info({ rest }, 'rest');
}
