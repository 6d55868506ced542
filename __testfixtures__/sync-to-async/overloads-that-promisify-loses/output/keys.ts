import { scrypt } from 'node:crypto';
import type { BinaryLike, ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const scryptAsync = promisify(scrypt) as (password: BinaryLike, salt: BinaryLike, length: number, options?: ScryptOptions) => Promise<Buffer>;

// Of several declarations `promisify` takes the last one, so that the types have to be said.
export async function keyOf(password: string): Promise<string> {
  // safe: crypto.scryptSync → await scryptAsync
  return (await scryptAsync(password, 'salt', 64, { N: 1024 })).toString('hex');
}
