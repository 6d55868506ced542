import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

export function build() {
  const fastify = Fastify();
  const shared = { user: '', count: 0 };
  fastify.decorateRequest('shared', null);
  fastify.addHook('onRequest', async (req: any) => {
    req.shared = shared;
    shared.user = req.headers.user;
  });
  fastify.get('/s', async (req: any) => {
    const own = req.shared;
    const before = own.user;
    // review: No other turn changes what `shared` holds, which `own` may be
    const text = readFileSync('page.txt', 'utf8');
    return before + text + own.user;
  });
  return fastify;
}
