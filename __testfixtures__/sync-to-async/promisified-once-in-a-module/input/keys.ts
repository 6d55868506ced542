import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import zlib from 'node:zlib';

export async function keyOf(password: string, salt: string): Promise<string> {
  // safe: crypto.pbkdf2Sync → await pbkdf2Async
  return pbkdf2Sync(password, salt, 100_000, 64, 'sha512').toString('hex');
}

export async function otherKeyOf(password: string, salt: string): Promise<Buffer> {
  // safe: crypto.pbkdf2Sync → pbkdf2Async
  return pbkdf2Sync(password, salt, 1000, 32, 'sha256');
}

export async function salted(password: string): Promise<string> {
  // ok: so few bytes take microseconds
  const salt = randomBytes(16);
  return createHash('sha1').update(salt).update(password).digest('hex');
}

export async function packed(text: string): Promise<Buffer> {
  // safe: zlib.gzipSync → await gzipAsync
  const small = zlib.gzipSync(text, { level: 9 });
  // safe: zlib.gunzipSync → gunzipAsync
  return zlib.gunzipSync(small);
}
