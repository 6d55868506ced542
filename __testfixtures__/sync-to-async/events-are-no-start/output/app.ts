import { EventEmitter } from 'node:events';
import Fastify from 'fastify';
import Koa from 'koa';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = new Koa();
const api = Fastify();

// What is handed over while a module is loaded may be called at any time.
app.on('error', (error) => {
  // report: may not wait for it
  console.error(readFileSync('help.txt', 'utf8'), error);
});

// With `done` it is a callback, and a promise beside it is an error.
api.addHook('preHandler', (request, reply, done) => {
  // report: uses what it returns at once
  done(existsSync('broken') ? new Error('broken') : undefined);
});

export class Jobs extends EventEmitter {
  constructor() {
    super();
    this.on('done', async (name: string) => {
      // review: Events that come while one is still at work
      console.log(await readFile(name, 'utf8'));
    });
  }
}

const jobs = new EventEmitter();

jobs.on('done', async (name: string) => {
  // review: Events that come while one is still at work
  console.log(await readFile(name, 'utf8'));
});

// It is asynchronous already, and was done at once so far.
jobs.on('done', async (name: string) => {
  // review: Events that come while one is still at work
  console.log(await readFile(name, 'utf8'));
});
