import { logger } from './logger';

export function show(): void {
  console.log('meant'); /* eslint-disable-line */ // report: a lint mark beside it says that this `console` is meant
  // eslint-disable-next-line -- people read it
  console.log('meant'); // report: a lint mark beside it says that this `console` is meant
  logger.info('kept'); /* eslint-disable-line no-undef */ // safe: console.log → logger.info
}

/* eslint-disable */
export function covered(): void {
  // report: a lint mark beside it says that this `console` is meant
  console.log('meant');
}
/* eslint-enable */

export function uncovered(): void {
  // safe: console.log → logger.info
  logger.info('not meant');
}
