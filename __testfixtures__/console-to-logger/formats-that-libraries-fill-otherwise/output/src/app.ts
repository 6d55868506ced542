import { logger } from './logger';

export function show(name: string, ratio: number, count: number, found: number | undefined): void {
  // safe: console.log → logger.info
  logger.info('%s has %i', name, count);
  // safe: console.log → logger.info
  logger.info('ratio is %d', ratio);
  // review: `ratio` is a whole number: `%i` cuts off the rest
  logger.info({ ratio }, 'items');
  // review: `found` is a number: `%d` writes other values as numbers or NaN
  logger.info({ found }, 'found');
  // review: `name` is a number: `%d` writes other values as numbers or NaN
  logger.info({ name }, 'size');
}
