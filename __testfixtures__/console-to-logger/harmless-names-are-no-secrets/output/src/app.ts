import { logger } from './logger';

export function show(passwordLength: number, hasToken: boolean, tokenCount: number, author: string, passwordHash: string): void {
  // safe: console.log → logger.info
  logger.info({ passwordLength, hasToken }, 'length');
  // safe: console.log → logger.info
  logger.info({ tokenCount }, 'count');
  // safe: console.log → logger.info
  logger.info({ author }, 'author');
  // safe: console.log → logger.info
  logger.info({ passwordHashLength: passwordHash.length }, 'hash');
}
