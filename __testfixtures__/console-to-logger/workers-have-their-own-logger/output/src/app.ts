import { shared } from './shared.ts';
import { logger } from './logger.ts';

export function serve(): void {
  // safe: console.log → logger.info
  logger.info('serving');
  shared(1);
}
