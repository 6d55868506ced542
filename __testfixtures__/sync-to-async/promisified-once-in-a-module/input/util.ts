import crypto from 'crypto';
import util from 'util';

const pbkdf2Async = 'taken';

export async function keyOf(password: string, salt: string): Promise<string> {
  // safe: crypto.pbkdf2Sync → await pbkdf2Async2
  return util.format(pbkdf2Async, crypto.pbkdf2Sync(password, salt, 100_000, 64, 'sha512').toString('hex'));
}
