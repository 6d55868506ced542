import Fastify, { type FastifyInstance } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';

const app = Fastify();

app.get('/page', (request, reply) => {
  // safe: fs.readFileSync → await readFile
  reply.send(readFileSync('page.html', 'utf8'));
});

app.get('/returned', () => {
  // safe: fs.readFileSync → await readFile
  return { text: readFileSync('page.html', 'utf8') };
});

app.get('/later', (request, reply) => {
  // report: answers in a callback
  const text = readFileSync('page.html', 'utf8');
  setTimeout(() => {
    reply.send(text);
  }, 10);
});

app.route({
  method: 'GET',
  url: '/route',
  handler: (request, reply) => {
    // safe: fs.readFileSync → await readFile
    return readFileSync('route.html', 'utf8').trim();
  },
});

app.route({
  method: 'GET',
  url: '/hooked',
  preHandler: (request, reply, done) => {
    // report: uses what it returns at once
    request.body = readFileSync('hooked.html', 'utf8');
    done();
  },
  handler: (request) => request.body,
});

app.addHook('onRequest', async (request, reply) => {
  // safe: fs.existsSync → await
  if (existsSync('closed')) reply.code(503);
});

async function pages(instance: FastifyInstance): Promise<void> {
  instance.get('/pages', () => {
    // safe: fs.readFileSync → await readFile
    return readFileSync('pages.html', 'utf8').trim();
  });
}

app.register(pages);
