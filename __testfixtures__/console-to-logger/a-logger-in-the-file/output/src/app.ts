import pino from 'pino';

const log = pino();

export function show(): void {
  log.info('shown');
  // safe: console.log → log.info
  log.info('shown');
}
