import { logger } from './logger';

export async function load(id: string, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  logger.info({ id }, 'loading');
  try {
    await read();
  } catch (err) {
    // review: console.error → logger.error
    logger.error(err);
    // review: console.error → logger.error
    logger.error(err, 'failed');
    // review: console.error → logger.error
    logger.error(err, `failed ${id}:`);
    // report: `err` is an error inside an object, whose message and stack JSON leaves out
    console.error('failed', { id, err });
  }
}
