import { logger } from './logger';

export function show(id: number): void {
  // safe: console.log → logger.info
  logger.info({ id }, 'id');
}
