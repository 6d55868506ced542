import { findUser, type User } from './users.js';

export async function greet(id: string): Promise<User | undefined> {
  // safe: console.log → logger.info
  console.log('looking up', id);
  try {
    const user = await findUser(id);
    // safe: console.log → logger.info
    console.log(`User ${id} logged in`);
    return user;
  } catch (err) {
    // safe: console.error → logger.error
    console.error('lookup failed', err);
    return undefined;
  }
}
