import { logger } from './logger';

export async function load(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (e) {
    // safe: console.error → logger.error
    logger.error({ err: e });
    // safe: console.error → logger.error
    logger.error({ err: e }, 'failed');
    // safe: console.error → logger.error
    logger.error({ err: e }, 'failed');
    // safe: console.warn → logger.warn
    logger.warn({ err: e }, 'failed');
    // safe: console.error → logger.error
    logger.error({ err: e }, 'x');
    // safe: console.error → logger.error
    logger.error({ err: e, at: 'load' }, 'failed');
    return undefined;
  }
}

export function raise(code: number): void {
  // safe: console.error → logger.error
  logger.error({ code, err: new Error('bad') }, 'bad code');
}
