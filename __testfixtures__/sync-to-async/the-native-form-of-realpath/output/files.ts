import fs from 'node:fs';

export async function native(path: string): Promise<string> {
  // safe: fs.realpathSync.native → fs.promises.realpath
  return fs.promises.realpath(path);
}
