import { readFile, stat } from 'node:fs/promises';

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

/** @param {string} path @returns {Promise<string>} its text in both forms, which needs two calls and one change of this comment */
export async function bothOf(path) {
  // safe: fs.readFileSync → await readFile
  const text = await readFile(path, 'utf8');
  // safe: fs.readFileSync → await readFile
  return `${text} ${await readFile(path, 'latin1')}`;
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
