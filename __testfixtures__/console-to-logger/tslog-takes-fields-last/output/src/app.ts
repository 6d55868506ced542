import { logger } from './logger';

export function show(id: number, name: string, err: unknown): void {
  // safe: console.log → logger.info
  logger.info('id', { id, name });
  // safe: console.log → logger.info
  logger.info('{name} is {id}', { name, id });
  // safe: console.error → logger.error
  logger.error('failed', err);
  // safe: console.error → logger.error
  logger.error('failed', { id }, err);
}
