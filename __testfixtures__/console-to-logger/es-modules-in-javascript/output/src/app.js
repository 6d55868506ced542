import logger from './logger.js';

export function show() {
  // safe: console.log → logger.info
  logger.info('shown');
}
