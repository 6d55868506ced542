import { logger } from './logger';

interface User {
  id: number;
  name: string;
}

export function visit(user: User, path: string, ms: number, from: string, to: string): void {
  // safe: console.log → logger.info
  logger.info({ userId: user.id, path }, 'User visits');
  // safe: console.log → logger.info
  logger.info({ path }, 'Visited');
  // safe: console.log → logger.info
  logger.info({ path }, 'Connected');
  // safe: console.log → logger.info
  logger.info({ path }, 'Visited');
  // safe: console.log → logger.info
  logger.info({ path }, 'visited');
}

export function unreadable(ms: number, from: string, to: string): void {
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ ms }, 'retrying in {ms}ms');
  // safe: console.log → logger.info
  logger.info({ from, to }, 'moved {from} to {to}');
  // safe: console.log → logger.info
  logger.info({ from, to }, '{from} - {to}');
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ value: Date.now() - ms, ms }, 'took {value} of {ms}');
  // review: `ms` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ from, ms }, 'at http://{from}:{ms}');
}
