import { logger } from './logger.js';

export function show(): void {
  logger.info('shown');
  // safe: console.log → logger.info
  logger.info('shown');
}
