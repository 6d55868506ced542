import { logger } from './logger';

export function shared(size: number): void {
  // safe: console.log → logger.info
  logger.info({ size }, 'shared');
}
