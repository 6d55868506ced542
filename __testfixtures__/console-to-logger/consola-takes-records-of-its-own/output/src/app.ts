import { logger } from './logger';

export function show(id: number, value: object): void {
  // review: is no plain object with `message` or `args`, which consola takes for a record of its own
  logger.info({ message: 'm', level: 9, extra: id });
  // review: `value` is no plain object with `message` or `args`
  logger.info(value);
  // safe: console.log → logger.info
  logger.info({ id });
  // safe: console.log → logger.info
  logger.info('value', value);
}
