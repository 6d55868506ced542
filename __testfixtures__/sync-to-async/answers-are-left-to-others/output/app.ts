import Fastify, { type FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = Fastify();

function sendLater(reply: FastifyReply, text: string): void {
  setTimeout(() => finish(reply.code(200), text, reply), 5);
}

function finish(_: unknown, text: string, reply: FastifyReply): void {
  reply.send(text);
}

app.get('/later', (request, reply) => {
  // report: the callback of `app.get` answers in a callback
  const page = readFileSync('page.html', 'utf8');
  sendLater(reply, page);
});

app.get('/now', async (request, reply) => {
  // safe: fs.readFileSync → await readFile
  const page = await readFile('page.html', 'utf8');
  finish(request, page, reply);
});

const waiting: FastifyReply[] = [];

setInterval(() => {
  for (const reply of waiting.splice(0)) reply.send('tick');
}, 100);

app.get('/ticks', (request, reply) => {
  // report: the callback of `app.get` answers in a callback
  reply.header('x-page', readFileSync('page.html', 'utf8').length);
  waiting.push(reply);
});

// `done` may be among the rest.
app.addHook('preHandler', (...given) => {
  // report: cannot give a promise: `app.addHook` uses what it returns at once
  console.log(readFileSync('page.html', 'utf8'));
  given[2]();
});
