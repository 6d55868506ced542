import { exec } from 'node:child_process';
import { createHash, pbkdf2 } from 'node:crypto';
import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';

const execAsync = promisify(exec);
const gunzipAsync = promisify(gunzip);
const gzipAsync = promisify(gzip);
const pbkdf2Async = promisify(pbkdf2);

const SECOND = `"${process.execPath}" -e "setTimeout(() => console.log('done'), 800)"`;

async function outputOf(command: string): Promise<string> {
  // review: reads nothing from its input
  return (await execAsync(command, { encoding: 'utf8' })).stdout;
}

export async function command(): Promise<unknown> {
  return (await outputOf(SECOND)).trim();
}

const keyOf = async (password: string, rounds: number): Promise<string> =>
  // safe: crypto.pbkdf2Sync → await pbkdf2Async
  (await pbkdf2Async(password, 'salt', rounds, 64, 'sha512')).toString('hex');

export async function key(): Promise<unknown> {
  return keyOf('secret', 800_000);
}

/** Text that takes its time to be packed. */
function textOf(length: number): Buffer {
  const text = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    text[at] = 97 + (state & 3);
  }
  return text;
}

const text = textOf(2_000_000);

const digestOf = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

async function packed(bytes: Buffer): Promise<Buffer> {
  // safe: zlib.gzipSync → gzipAsync
  return gzipAsync(bytes, { level: 9 });
}

export async function archive(): Promise<unknown> {
  const small = await packed(text);
  // safe: zlib.gunzipSync → await gunzipAsync
  return [small.length, digestOf(await gunzipAsync(small))];
}
