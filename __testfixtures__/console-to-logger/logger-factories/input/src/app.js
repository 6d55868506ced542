import { list } from './users.js';

export function show() {
  // review: the logger writes the level `info`, which log4js leaves out by default
  console.log('shown', list());
}
