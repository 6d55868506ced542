import { logger } from './logger';

export function show(id: number): void {
  // safe: console.log → logger.info
  logger.info('id', id);
  // safe: console.error → logger.error
  logger.error('failed', new Error('x'));
}
