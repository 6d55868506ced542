import { list } from './users.js';
import log4js from 'log4js';
const log = log4js.getLogger('app');

export function show() {
  // review: the logger writes the level `info`, which log4js leaves out by default
  log.info('shown', list());
}
