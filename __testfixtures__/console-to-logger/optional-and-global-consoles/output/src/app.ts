import { logger } from './logger';

export function show(): void {
  // safe: console.log → logger.info
  logger.info('optional object');
  // report: the method is called only where it exists
  console.log?.('optional method');
  // safe: console.warn → logger.warn
  logger.warn('global');
}
