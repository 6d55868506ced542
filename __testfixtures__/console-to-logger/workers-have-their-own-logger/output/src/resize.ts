import { half } from './half.ts';
import { shared } from './shared.ts';
import { logger } from './logger.ts';

export function resize(size: number): void {
  // review: the logger is set up in the worker or child process too
  logger.info('resized');
  shared(half(size));
}
