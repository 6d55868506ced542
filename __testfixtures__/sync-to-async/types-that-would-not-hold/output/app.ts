import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';
import express from 'express';
import { readFile } from 'node:fs/promises';

export const app = express();

function fail(message: string): never {
// report: declared never to return
  appendFileSync('errors.txt', message);
  throw new Error(message);
}

app.get('/user', (request, response) => {
  const user: { name: string } | undefined = response.locals.user;
  if (user === undefined) fail('no user');
  response.send(user.name);
});

class LoggedBus extends EventEmitter {
  override emit(name: string, ...values: unknown[]): boolean {
// report: `EventEmitter` is of a package
    appendFileSync('events.txt', name);
    return super.emit(name, ...values);
  }
}

const bus = new LoggedBus();

app.get('/tell', (request, response) => {
  bus.emit('told');
  response.end();
});

app.get('/pages', async (request, response) => {
// review: short enough
  const pages = new Map(await Promise.all(['a', 'b'].map(async (name) => [name, await readFile(name, 'utf8')] as const)));
  response.json([...pages]);
});

app.get('/record', async (request, response) => {
// review: short enough
  response.json(Object.fromEntries(await Promise.all(['a', 'b'].map(async (name) => [name, await readFile(name, 'utf8')]))));
});
