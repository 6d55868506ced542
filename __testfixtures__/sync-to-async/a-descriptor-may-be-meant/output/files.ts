import { readFile as readFileCallback, writeFile as writeFileCallback } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const readFileAsync = promisify(readFileCallback);
const writeFileAsync = promisify(writeFileCallback);

// The promise forms take no number of an open file, those with a callback take both.
export async function rest(at: string | number): Promise<Buffer> {
  // safe: fs.readFileSync → readFileAsync
  return readFileAsync(at);
}

export async function either(input: { fd?: number; path: string }, text: string): Promise<void> {
  const at = input.fd ?? input.path;
  // review: No other turn
  await writeFileAsync(at, text);
}

export async function open(fd: number): Promise<string> {
  // safe: fs.readFileSync → readFileAsync
  return readFileAsync(fd, 'utf8');
}

// It is known not to be one.
export async function named(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
}
