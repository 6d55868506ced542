import Fastify from 'fastify';

const app = Fastify({ logger: true });

app.get('/users/:id', async (request, reply) => {
  // safe: console.log → request.log.info
  request.log.info('asked');
  return reply.send([]);
});

export function outside(): void {
  // report: the logger is known only in a request handler: name one with `--option logger=./src/logger.ts`, or have one made with `--option create=src/logger.ts`
  console.log('no request');
}
