import { logger } from './logger';

export async function load(id: string, count: number, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  logger.info('loading', { id, count });
  // safe: console.log → logger.info
  logger.info('Loading', { id });
  try {
    await read();
  } catch (err) {
    // review: console.error → logger.error
    logger.error(err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    logger.error('failed', err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    logger.error(`failed ${id}:`, err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    logger.error(`failed with ${count}`, err);
    // review: console.error → logger.error
    if (err instanceof Error) logger.error('an error', err);
    // review: the level `trace` is written where this was read: `console.trace` always writes
    logger.silly('here', { stack: new Error().stack });
  }
}
