import logger from './logger';
import { format } from 'node:util';

export async function load(id: string, options: object, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  logger.info(`loading ${id}`);
  // safe: console.log → logger.info
  logger.info(format('with', options));
  // safe: console.log → logger.info
  logger.info(`Loading ${id}`);
  try {
    await read();
  } catch (err) {
    // safe: console.error → logger.error
    logger.error(format(err));
    // safe: console.error → logger.error
    logger.error(format(`failed ${id}:`, err));
  }
}
