import { logger } from './logger';

export async function load(name: string, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  logger.info({ nameValue: name }, 'loading');
  try {
    await read();
  } catch (err) {
    // safe: console.error → logger.error
    logger.error({ err }, 'failed');
    // safe: console.error → logger.error
    logger.error({ nameValue: name, err }, 'failed');
  }
}
