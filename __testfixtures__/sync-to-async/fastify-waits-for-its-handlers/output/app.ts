import Fastify, { type FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';

const app = Fastify();

app.get('/page', async (request, reply) => {
  // safe: fs.readFileSync → await readFile
  reply.send(await readFile('page.html', 'utf8'));
});

app.get('/returned', async () => {
  // safe: fs.readFileSync → await readFile
  return { text: await readFile('page.html', 'utf8') };
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
  handler: async (request, reply) => {
    // safe: fs.readFileSync → await readFile
    return (await readFile('route.html', 'utf8')).trim();
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
  if (await access('closed').then(() => true, () => false)) reply.code(503);
});

async function pages(instance: FastifyInstance): Promise<void> {
  instance.get('/pages', async () => {
    // safe: fs.readFileSync → await readFile
    return (await readFile('pages.html', 'utf8')).trim();
  });
}

app.register(pages);
