import { logger } from './logger';

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (err) {
    // safe: console.log → logger.error
    logger.error({ err });
    // safe: console.log → logger.error
    logger.error({ err }, 'unreadable');
    // safe: console.log → logger.error
    logger.error({ errMessage: (err as Error).message }, 'unreadable');
    // safe: console.log → logger.info
    logger.info('giving up');
    // safe: console.info → logger.info
    logger.info({ err }, 'unreadable');
    return undefined;
  }
}
