import { logger } from './log';

export function show(id: number, err: unknown): void {
  // safe: console.log → logger.info
  logger.info('id', id);
  // safe: console.error → logger.error
  logger.error(err);
}
