import { logger } from './logger';

export function serve(): void {
  // safe: console.log → logger.info
  logger.info('serving');
}
