import bcrypt from 'bcrypt';

export function validatePassword(password: string, hash: string): boolean {
  // safe: bcrypt.compareSync → bcrypt.compare
  return bcrypt.compareSync(password, hash);
}

export const isWeak = (password: string, hash: string): boolean => !validatePassword(password, hash) || password.length < 8;

export interface User {
  readonly name: string;
  readonly hash: string;
  readonly isAdmin: boolean;
}

export function mayEnter(user: User | undefined, password: string): boolean {
  return user !== undefined && validatePassword(password, user.hash);
}
