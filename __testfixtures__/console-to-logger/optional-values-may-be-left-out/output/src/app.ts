import { logger } from './logger';

export function show(id: string | undefined, at: Date | null, list?: number[]): void {
  // safe: console.log → logger.info
  logger.info({ id, at, list }, 'values');
}
