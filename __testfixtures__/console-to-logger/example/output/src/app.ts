import { findUser, type User } from './users.js';
import { logger } from './logger.js';

export async function greet(id: string): Promise<User | undefined> {
  // safe: console.log → logger.info
  logger.info({ id }, 'looking up');
  try {
    const user = await findUser(id);
    // safe: console.log → logger.info
    logger.info({ id }, 'User logged in');
    return user;
  } catch (err) {
    // safe: console.error → logger.error
    logger.error({ err }, 'lookup failed');
    return undefined;
  }
}
