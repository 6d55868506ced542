import { execSync } from 'node:child_process';
import { createHash, pbkdf2Sync } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

const SECOND = `"${process.execPath}" -e "setTimeout(() => console.log('done'), 800)"`;

function outputOf(command: string): string {
  // review: reads nothing from its input
  return execSync(command, { encoding: 'utf8' });
}

export async function command(): Promise<unknown> {
  return outputOf(SECOND).trim();
}

const keyOf = (password: string, rounds: number): string =>
  // safe: crypto.pbkdf2Sync → await pbkdf2Async
  pbkdf2Sync(password, 'salt', rounds, 64, 'sha512').toString('hex');

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

function packed(bytes: Buffer): Buffer {
  // safe: zlib.gzipSync → gzipAsync
  return gzipSync(bytes, { level: 9 });
}

export async function archive(): Promise<unknown> {
  const small = packed(text);
  // safe: zlib.gunzipSync → await gunzipAsync
  return [small.length, digestOf(gunzipSync(small))];
}
