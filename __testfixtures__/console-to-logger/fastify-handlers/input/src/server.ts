import Fastify from 'fastify';

const app = Fastify({ logger: true });

app.get('/users/:id', async (request, reply) => {
  // report: the file says "use client"
  console.log('asked');
  return reply.send([]);
});

export function outside(): void {
  // report: the file says "use client"
  console.log('no request');
}
