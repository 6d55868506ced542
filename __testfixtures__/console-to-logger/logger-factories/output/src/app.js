import { list } from './users.js';
import log4js from 'log4js';
const log = log4js.getLogger('app');

export function show() {
  // safe: console.log → log.info
  log.info('shown', list());
}
