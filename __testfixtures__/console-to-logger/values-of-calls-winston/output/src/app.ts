import { logger } from './logger';

// safe: console.warn → logger.warn
export const warn = (text: string) => { logger.warn(text); };

export function stop(isDone: boolean): void {
  // review: nobody uses what the function returns, which is no longer undefined
  if (isDone) return logger.info('done');
  // safe: console.log → logger.info
  setTimeout(() => logger.info('later'), 10);
  // report: its value is used, and the logger returns another one
  const nothing = console.log('used');
  void nothing;
}
