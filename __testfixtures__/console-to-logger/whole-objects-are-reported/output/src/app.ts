import { logger } from './logger';

interface Request {
  body: { id: string };
  headers: Record<string, string>;
}

export function handle(req: Request, user: { name: string }, config: object): void {
  // report: `req.body` may hold secrets among its properties: choose what of it to log
  console.log(req.body);
  // report: `req.body` may hold secrets among its properties: choose what of it to log
  console.log('body', JSON.stringify(req.body));
  // report: `req.headers` may hold secrets among its properties: choose what of it to log
  console.log('headers', req.headers);
  // report: `user` may hold secrets among its properties: choose what of it to log
  console.log('user', user);
  // report: `config` may hold secrets among its properties: choose what of it to log
  console.log('config', { config });
  // report: `process.env` may hold secrets among its properties: choose what of it to log
  console.log('env', process.env);
  // report: `process.env[…]` may hold secrets among its properties: choose what of it to log
  console.log('variable', process.env[user.name]);
  // safe: console.log → logger.info
  logger.info({ bodyId: req.body.id }, 'id');
}
