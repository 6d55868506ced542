import { readFileSync } from 'node:fs';

/** @type {(path: string) => string} */
export const trimmed = (path) =>
  // report: declares the type of `trimmed`
  readFileSync(path, 'utf8').trim();

/**
 * @callback Reader
 * @param {string} path
 * @returns {string}
 */

/** @type {Reader} */
export const shouted = (path) =>
  // report: declares the type of `shouted`
  readFileSync(path, 'utf8').toUpperCase();
