import { randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';

const keyLength = 32;
const resetTokens = new Map<string, number>();

/** `salt:key`, both hexadecimal. */
export function hashPassword(password: string): string {
  const salt = randomBytes(8).toString('hex');
  return `${salt}:${scryptSync(password, salt, keyLength).toString('hex')}`;
}

export function verifyPassword(password: string, hash: string): boolean {
  const [salt = '', key = ''] = hash.split(':');
  return timingSafeEqual(scryptSync(password, salt, keyLength), Buffer.from(key, 'hex'));
}

export function issueResetToken(customerId: number): string {
  const token = randomUUID();
  resetTokens.set(token, customerId);
  return token;
}

/** The customer that the token was issued to. A token works once. */
export function redeemResetToken(token: string): number | undefined {
  const customerId = resetTokens.get(token);
  resetTokens.delete(token);
  return customerId;
}
