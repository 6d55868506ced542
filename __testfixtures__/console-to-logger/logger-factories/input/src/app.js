import { list } from './users.js';

export function show() {
  // safe: console.log → log.info
  console.log('shown', list());
}
