import { logger } from './logger';

export function show(names: readonly string[], later: Promise<string>): Promise<void> {
  // safe: console.log → logger.info
  names.forEach((name) => logger.info(name));
  // safe: console.log → logger.info
  return later.then((name: string) => { logger.info(name); });
}
