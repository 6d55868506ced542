import { logger } from './logger';

export function post(): void {
  // safe: console.log → logger.info
  logger.info('posted');
}
