import { logger } from './logger';

export function show(q: string[], o: { name: string }, rename: () => string): void {
  let a = 1;
  // safe: console.log → logger.info
  logger.info({ a, value: (a += 1), a2: a }, 'v');
  // safe: console.log → logger.info
  logger.info({ oName: o.name, rename: rename(), oName2: o.name }, 'x');
  // safe: console.log → logger.info
  logger.info({ oName: o.name, qLength: q.length }, 'was {oName} is {qLength} still {oName}');
  // safe: console.log → logger.info
  logger.info({ q: q.join(), qLength: q.length }, 'took {q}, left {qLength}');
}
