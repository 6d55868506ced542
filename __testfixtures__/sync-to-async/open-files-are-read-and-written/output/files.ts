import fs from 'node:fs';
import { promisify } from 'node:util';

const closeAsync = promisify(fs.close);
const fstatAsync = promisify(fs.fstat);
const openAsync = promisify(fs.open);
const readAsync = promisify(fs.read);

// What a function has opened itself is no business of other turns.
export async function head(path: string, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  // safe: fs.openSync → await openAsync
  const fd = await openAsync(path, 'r');
  try {
    // safe: fs.readSync → await readAsync
    const read = (await readAsync(fd, buffer, 0, size, 0)).bytesRead;
    // safe: fs.fstatSync → await fstatAsync
    return (await fstatAsync(fd)).size > read ? buffer : buffer.subarray(0, read);
  } finally {
    // safe: fs.closeSync → await closeAsync
    await closeAsync(fd);
  }
}

export async function names(path: string): Promise<string[]> {
  const found: string[] = [];
  // safe: fs.opendirSync → await fs.promises.opendir
  const dir = await fs.promises.opendir(path);
  // safe: fs.Dir.readSync → await dir.read
  for (let entry = await dir.read(); entry !== null; ) {
    found.push(entry.name);
    // safe: fs.Dir.readSync → await dir.read
    entry = await dir.read();
  }
  // safe: fs.Dir.closeSync → await dir.close
  await dir.close();
  return found;
}

// An open file has one place where the next read begins.
// report: Nobody is served meanwhile: it runs when `files.ts` is loaded
const words = fs.openSync('words.txt', 'r');

export async function pair(): Promise<string> {
  const first = Buffer.alloc(4);
  const second = Buffer.alloc(4);
  // review: No other turn uses the file `words` between `fs.readSync` (line 42) and `fs.readSync` (line 44)
  await readAsync(words, first, 0, 4, null);
  // review: No other turn uses the file `words` between
  await readAsync(words, second, 0, 4, null);
  return first.toString() + second.toString();
}

export async function ends(): Promise<string> {
  const first = Buffer.alloc(4);
  const second = Buffer.alloc(4);
  // safe: fs.readSync → await readAsync
  await readAsync(words, first, 0, 4, 0);
  // safe: fs.readSync → await readAsync
  await readAsync(words, second, 0, 4, 96);
  return first.toString() + second.toString();
}
