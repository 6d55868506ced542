import { logger } from './logger';

export function show(): void {
  // eslint-disable-next-line no-console
  console.log('meant'); // report: a lint mark beside it says that this `console` is meant
  console.log('also meant'); /* eslint-disable-line no-console */ // report: a lint mark beside it says that this `console` is meant
  logger.info('not meant'); // safe: console.log → logger.info
}
