import { logger } from './logger';

export function show(id: number, values: string[], token: string, err: unknown): void {
  // safe: console.log → logger.info
  logger.info('%s is %d', values, id);
  // safe: console.error → logger.error
  logger.error('failed', err, ...values);
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ id, token: '[redacted]' });
  // safe: console.debug → logger.debug
  logger.debug(err);
}
