import { logger } from './logger';

// safe: console.warn → logger.warn
export const warn = (text: string) => logger.warn(text);

export function stop(isDone: boolean): void {
  // safe: console.log → logger.info
  if (isDone) return logger.info('done');
  // safe: console.log → logger.info
  setTimeout(() => logger.info('later'), 10);
}
