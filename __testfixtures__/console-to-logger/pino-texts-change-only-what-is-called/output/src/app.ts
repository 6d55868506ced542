import { logger } from './logger';

export function start(name: string): void {
  // safe: console.log → logger.info
  logger.info('started');
  // safe: console.log → logger.info
  logger.info("it's 100% up");
  // safe: console.log → logger.info
  logger.info(name);
  // safe: console.info → logger.info
  logger.info(
    'a long text',
  );
  // safe: console.warn → logger.warn
  name && logger.warn('named');
  // safe: console.error → logger.error
  // safe: console.log → logger.info
  name === '' ? logger.error('no name') : logger.info('a name');
  // safe: console.log → logger.info
  if (name) logger.info('again');
  // safe: console.log → logger.info
  else logger.info('nothing');
}
