import { lstat, readFile, stat } from 'node:fs/promises';

/**
 * @param {string} path
 * @returns {Promise<string>} what is in it
 */
export async function textOf(path) {
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
}

/** @return {Promise<{ size: number, isFile: boolean }>} */
export const aboutOf = async (/** @type {string} */ path) => {
  // safe: fs.statSync → await stat
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
};

/**
 * Both of its calls change the type here.
 * @param {string} path
 * @return {Promise<object>} how large it is, and what a link to it takes
 */
export async function sizesOf(path) {
  // safe: fs.statSync → await stat
  const { size } = await stat(path);
  // safe: fs.lstatSync → await lstat
  const { size: own } = await lstat(path);
  return { size, own };
}

export class Texts {
  /**
   * Reads a text, and says `{@link textOf}` how.
   * @param {string} path
   * @returns {Promise<string[]>}
   */
  async linesOf(path) {
    return (await textOf(path)).split('\n');
  }

  /**
   * It says already what it gives.
   * @param {string} path
   * @returns {Promise<number>}
   */
  async countOf(path) {
    return (await this.linesOf(path)).length;
  }
}
