import crypto from 'crypto';
import util from 'util';

const pbkdf2Async2 = util.promisify(crypto.pbkdf2);

const pbkdf2Async = 'taken';

export async function keyOf(password: string, salt: string): Promise<string> {
  // safe: crypto.pbkdf2Sync → await pbkdf2Async2
  return util.format(pbkdf2Async, (await pbkdf2Async2(password, salt, 100_000, 64, 'sha512')).toString('hex'));
}
