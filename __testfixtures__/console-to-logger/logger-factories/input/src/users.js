import log4js from 'log4js';

const log = log4js.getLogger('app');

export function list() {
  log.info('listing');
}
