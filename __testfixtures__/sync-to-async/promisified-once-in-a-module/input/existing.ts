import { pbkdf2, pbkdf2Sync } from 'crypto';
import { promisify } from 'util';

const derive = promisify(pbkdf2);

export async function keyOf(password: string, salt: string): Promise<string> {
  const old = await derive(password, salt, 1000, 64, 'sha1');
  // safe: crypto.pbkdf2Sync → await derive
  return old.toString('hex') + pbkdf2Sync(password, salt, 100_000, 64, 'sha512').toString('hex');
}
