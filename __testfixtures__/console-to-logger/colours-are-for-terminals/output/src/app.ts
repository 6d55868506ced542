import { logger } from './logger';

export function show(count: number): void {
  // safe: console.log → logger.info
  logger.info({ count }, 'done');
  // safe: console.log → logger.info
  logger.info('ready');
}
