import { readFileSync } from 'node:fs';
import { caching } from 'cache-manager';
import express, { type Request, type Response } from 'express';
import Handlebars from 'handlebars';
import i18n from 'i18n';
import { LRUCache } from 'lru-cache';
import { marked } from 'marked';
import moment from 'moment';
import NodeCache from 'node-cache';
import { Settings, shared, Sheet } from 'pdfmake-lite';
import { pino } from 'pino';
import { z } from 'zod';

export const app = express();

const hits = new NodeCache();

// A limit that any number of requests at once would pass.
app.get('/limit', (req, res) => {
  const count = hits.get(req.ip) ?? 0;
  // report: what `node-cache` keeps between `hits.get` (line 20) and `hits.set` (line 23)
  const { limit } = JSON.parse(readFileSync('limits.json', 'utf8'));
  hits.set(req.ip, count + 1);
  res.status(count < limit ? 200 : 429).end();
});

const numbers = new LRUCache({ max: 10 });

function bump(): number {
  const next = (numbers.get('next') || 0) + 1;
  numbers.set('next', next);
  return next;
}

const numberOf = () => numbers.get('next');

// In functions that are called.
app.get('/next', (req, res) => {
  const before = numberOf();
  // report: what `lru-cache` keeps between `numbers.get`
  const prefix = readFileSync('prefix.txt', 'utf8');
  res.json([prefix, before, bump()]);
});

// It gives promises, but they are there at once.
const memory = caching({ max: 10 });

app.get('/memory', async (req, res) => {
  const count = await memory.get('count');
  // report: what `cache-manager` keeps
  const prefix = readFileSync('prefix.txt', 'utf8');
  await memory.set('count', count + 1);
  res.json([prefix, count]);
});

// Two caches.
app.get('/two', (req, res) => {
  const count = hits.get(req.ip);
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  numbers.set('size', text.length);
  res.json([count, text]);
});

// What one request sets another one would find.
app.get('/page/:name', (req, res) => {
  Handlebars.registerPartial('content', `<b>${req.query.user}</b>`);
  // review: `handlebars` keeps nothing that another turn could change between `Handlebars.registerPartial`
  const layout = readFileSync('layout.hbs', 'utf8');
  res.send(Handlebars.compile(layout)({ name: req.params.name }));
});

app.get('/hello', (req, res) => {
  i18n.setLocale(req.query.lang);
  // review: `i18n` keeps nothing that another turn could change between `i18n.setLocale`
  const template = readFileSync('hello.html', 'utf8');
  res.send(template.replace('$', i18n.__('hello')));
});

const dateOf = (format: string): string => moment(0).format(format);

app.get('/date', (req, res) => {
  moment.locale(req.query.lang);
  // review: `moment` keeps nothing that another turn could change between `moment.locale`
  const format = readFileSync('format.txt', 'utf8');
  res.send(dateOf(format));
});

app.get('/settings', (req, res) => {
  Settings.paper = req.query.paper;
  // review: `pdfmake-lite` keeps nothing
  const format = readFileSync('format.txt', 'utf8');
  res.send(shared.render(format));
});

// What only computes, or is this call's own.
app.get('/plain', (req, res) => {
  const { name } = z.object({ name: z.string() }).parse(req.query);
  const when = moment(0).format('LL');
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.md', 'utf8');
  res.send(marked.parse(text) + z.string().parse(name) + when + moment(1).format('LL'));
});

app.get('/sheet', (req, res) => {
  const sheet = new Sheet();
  sheet.text('one');
  // safe: fs.readFileSync → await readFile
  sheet.image(readFileSync('logo.png'));
  sheet.end();
  res.end();
});

const logger = pino();

app.get('/log', (req: Request, res: Response) => {
  logger.info('begins');
  res.set('X-Header', 'a');
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  logger.info('ends');
  res.send(text);
});
