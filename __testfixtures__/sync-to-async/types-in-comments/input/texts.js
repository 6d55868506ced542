import { lstatSync, readFileSync, statSync } from 'node:fs';

/**
 * @param {string} path
 * @returns {string} what is in it
 */
export function textOf(path) {
  // safe: fs.readFileSync → readFile
  return readFileSync(path, 'utf8');
}

/** @return {{ size: number, isFile: boolean }} */
export const aboutOf = (/** @type {string} */ path) => {
  // safe: fs.statSync → await stat
  const found = statSync(path);
  return { size: found.size, isFile: found.isFile() };
};

/**
 * Both of its calls change the type here.
 * @param {string} path
 * @return {object} how large it is, and what a link to it takes
 */
export function sizesOf(path) {
  // safe: fs.statSync → await stat
  const { size } = statSync(path);
  // safe: fs.lstatSync → await lstat
  const { size: own } = lstatSync(path);
  return { size, own };
}

export class Texts {
  /**
   * Reads a text, and says `{@link textOf}` how.
   * @param {string} path
   * @returns {string[]}
   */
  linesOf(path) {
    return textOf(path).split('\n');
  }

  /**
   * It says already what it gives.
   * @param {string} path
   * @returns {Promise<number>}
   */
  async countOf(path) {
    return this.linesOf(path).length;
  }
}
