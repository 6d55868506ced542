import { logger } from './logger';

export function half(size: number): number {
  // review: the logger is set up in the worker or child process too
  logger.info('halved');
  return size / 2;
}
