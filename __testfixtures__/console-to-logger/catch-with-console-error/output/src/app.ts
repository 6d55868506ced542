import { logger } from './logger';

export function later(work: () => Promise<void>): void {
  // safe: console.error → logger.error
  work().catch((err) => logger.error({ err }, 'Unhandled rejection'));
  void work()
    .then(() => undefined)
    // safe: console.warn → logger.warn
    .catch((err) => logger.warn({ err }, 'Unhandled rejection'));
  // report: `console.log` is handed on as a function, and what it will be called with is not known
  work().then(console.log);
}
