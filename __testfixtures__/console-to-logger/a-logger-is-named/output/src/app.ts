import { log } from './log';

export function show(id: number): void {
  // review: the logger's format writes fields
  log.info('id', { id });
  // safe: console.error → log.error
  log.error('failed');
}
