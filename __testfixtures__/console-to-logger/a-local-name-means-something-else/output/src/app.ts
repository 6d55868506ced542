import { logger as logger2 } from './logger';

export function show(logger: string): void {
  // safe: console.log → logger2.info
  logger2.info({ logger }, 'shown');
}
