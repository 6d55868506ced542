import { findUser, type User } from './users.js';

export async function greet(id: string): Promise<User | undefined> {
  // report: the file says "use client"
  console.log('looking up', id);
  try {
    const user = await findUser(id);
    // report: the file says "use client"
    console.log(`User ${id} logged in`);
    return user;
  } catch (err) {
    // report: the file says "use client"
    console.error('lookup failed', err);
    return undefined;
  }
}
