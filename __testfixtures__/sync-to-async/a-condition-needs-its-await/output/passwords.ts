import bcrypt from 'bcrypt';

export async function validatePassword(password: string, hash: string): Promise<boolean> {
  // safe: bcrypt.compareSync → bcrypt.compare
  return bcrypt.compare(password, hash);
}

export const isWeak = async (password: string, hash: string): Promise<boolean> => !(await validatePassword(password, hash)) || password.length < 8;

export interface User {
  readonly name: string;
  readonly hash: string;
  readonly isAdmin: boolean;
}

export async function mayEnter(user: User | undefined, password: string): Promise<boolean> {
  return user !== undefined && (await validatePassword(password, user.hash));
}
