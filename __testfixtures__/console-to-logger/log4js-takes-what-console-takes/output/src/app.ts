import { logger } from './logger';

export function show(id: number, values: string[], token: string, err: unknown): void {
  // review: the logger writes the level `info`, which log4js leaves out by default
  logger.info('%s is %d', values, id);
  // safe: console.error → logger.error
  logger.error('failed', err, ...values);
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ id, token: '[redacted]' });
  // review: the logger writes the level `debug`, which log4js leaves out by default
  logger.debug(err);
}
