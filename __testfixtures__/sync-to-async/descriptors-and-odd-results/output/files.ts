import * as fs from 'node:fs';
import { promisify } from 'node:util';

const fsyncAsync = promisify(fs.fsync);
const readFileAsync = promisify(fs.readFile);
const realpathAsync = promisify(fs.realpath);
const writeAsync = promisify(fs.write);

// What is open is told by its number, which the promise forms do not take.
export async function put(fd: number, text: string): Promise<number> {
  // review: No other turn
  const written = (await writeAsync(fd, text)).bytesWritten;
  // review: No other turn
  await fsyncAsync(fd);
  return written;
}

export async function rest(fd: number): Promise<Buffer> {
  // safe: fs.readFileSync → readFileAsync
  return readFileAsync(fd);
}

export async function all(path: string): Promise<string[]> {
  // review: folders are walked in another one
  return fs.promises.readdir(path, { recursive: true, encoding: 'utf8' });
}

// Of folders in folders only the number is asked for.
export async function countAll(path: string): Promise<number> {
  // safe: fs.readdirSync → await fs.promises.readdir
  return (await fs.promises.readdir(path, { recursive: true })).length;
}

export async function real(path: string): Promise<string> {
  // safe: fs.realpathSync → realpathAsync
  return realpathAsync(path);
}
