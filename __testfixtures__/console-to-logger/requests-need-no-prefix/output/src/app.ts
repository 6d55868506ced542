import { logger } from './logger';

interface Incoming {
  method: string;
  url: string;
  level: number;
}

export function show(req: Incoming, res: { statusCode: number; url: string }, method: string): void {
  // safe: console.log → logger.info
  logger.info({ method: req.method, url: req.url }, 'Served {method} {url}');
  // safe: console.log → logger.info
  logger.info({ statusCode: res.statusCode, url: req.url, resUrl: res.url }, 'Answered');
  // safe: console.log → logger.info
  logger.info({ method, reqMethod: req.method }, 'Compared');
  // review: `req.level` is a number: JSON keeps it, but for NaN and infinities
  logger.info({ reqLevel: req.level }, 'Level');
}
