import fs from 'node:fs';

// What a function has opened itself is no business of other turns.
export async function head(path: string, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  // safe: fs.openSync → await openAsync
  const fd = fs.openSync(path, 'r');
  try {
    // safe: fs.readSync → await readAsync
    const read = fs.readSync(fd, buffer, 0, size, 0);
    // safe: fs.fstatSync → await fstatAsync
    return fs.fstatSync(fd).size > read ? buffer : buffer.subarray(0, read);
  } finally {
    // safe: fs.closeSync → await closeAsync
    fs.closeSync(fd);
  }
}

export async function names(path: string): Promise<string[]> {
  const found: string[] = [];
  // safe: fs.opendirSync → await fs.promises.opendir
  const dir = fs.opendirSync(path);
  // safe: fs.Dir.readSync → await dir.read
  for (let entry = dir.readSync(); entry !== null; ) {
    found.push(entry.name);
    // safe: fs.Dir.readSync → await dir.read
    entry = dir.readSync();
  }
  // safe: fs.Dir.closeSync → await dir.close
  dir.closeSync();
  return found;
}

// An open file has one place where the next read begins.
// report: Nobody is served meanwhile: it runs when `files.ts` is loaded
const words = fs.openSync('words.txt', 'r');

export async function pair(): Promise<string> {
  const first = Buffer.alloc(4);
  const second = Buffer.alloc(4);
  // review: No other turn uses the file `words` between `fs.readSync` (line 42) and `fs.readSync` (line 44)
  fs.readSync(words, first, 0, 4, null);
  // review: No other turn uses the file `words` between
  fs.readSync(words, second, 0, 4, null);
  return first.toString() + second.toString();
}

export async function ends(): Promise<string> {
  const first = Buffer.alloc(4);
  const second = Buffer.alloc(4);
  // safe: fs.readSync → await readAsync
  fs.readSync(words, first, 0, 4, 0);
  // safe: fs.readSync → await readAsync
  fs.readSync(words, second, 0, 4, 96);
  return first.toString() + second.toString();
}
