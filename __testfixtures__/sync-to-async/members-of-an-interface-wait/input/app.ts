import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

interface Agent {
  readonly kind: string;
  resolve?: (name: string) => string | undefined;
  title(): string;
}

function resolveSkill(name: string): string | undefined {
  // review: Nobody needs at once what `resolveSkill` gives as `resolve`
  return readFileSync(`${name}.md`, 'utf8');
}

const general: Agent = { kind: 'general', resolve: resolveSkill, title: () => 'General' };
const plain: Agent = { kind: 'plain', resolve: () => undefined, title: () => 'Plain' };

async function seed(resolve: (name: string) => string | undefined): Promise<string> {
  return resolve('seed')?.trim() ?? '';
}

async function show(agent: Agent): Promise<string> {
  if (agent.resolve) return await seed(agent.resolve);
  return agent.title();
}

app.get('/agents', async (req, res) => {
  res.json([await show(general), await show(plain), general.resolve?.('b')?.length]);
});

interface Parser {
  parse(path: string): string;
}

function parseFile(path: string): string {
  // report: cannot give a promise: `paths.sort` uses what it returns at once
  return readFileSync(path, 'utf8');
}

const parser: Parser = { parse: parseFile };

app.get('/sorted', (req, res) => {
  const paths = ['b', 'a'];
  paths.sort((a, b) => parser.parse(a).localeCompare(parser.parse(b)));
  res.json(paths);
});

interface Loader {
  load(path: string): string;
}

function loadFile(path: string): string {
  // report: `load` may be `loadFile`: nothing is known of the object that it is read of
  return readFileSync(path, 'utf8');
}

const loader: Loader = { load: loadFile };

function open({ load }: Loader): string {
  return load('a.txt');
}

app.get('/loaded', (req, res) => {
  res.send(open(loader) + loader.load('b.txt'));
});

type Reader = (path: string) => string;

interface Source {
  read: Reader;
}

function readSource(path: string): string {
  // report: `source.read` may be `readSource`: nothing is known of the object that it is read of
  return readFileSync(path, 'utf8');
}

const source: Source = { read: readSource };

app.get('/source', (req, res) => {
  res.send(source.read('a.txt'));
});

interface Store {
  fetch(path: string): string;
}

function fetchFile(path: string): string {
  // report: `fetchFile` is handed on as a value, and who calls it is not seen: `files`
  return readFileSync(path, 'utf8');
}

const files: Store = { fetch: fetchFile };

app.get('/stores', (req, res) => {
  const store: Store | Map<string, string> = req.query.map === undefined ? files : new Map<string, string>();
  res.send('fetch' in store ? store.fetch('a.txt') : '');
});

interface Kept {
  keep(path: string): string;
}

function keepFile(path: string): string {
  // report: `kept.keep` may be `keepFile`: nothing is known of the object that it is read of
  return readFileSync(path, 'utf8');
}

const allKept: Kept = { keep: keepFile };

class Keeper {
  private readonly keep: (path: string) => string;

  constructor(kept: Kept) {
    this.keep = kept.keep;
  }

  show(): string {
    return this.keep('a.txt').trim();
  }
}

function showKept(kept: Kept): string {
  const keep = kept.keep;
  return keep('a.txt').trim();
}

app.get('/kept', (req, res) => {
  res.json([new Keeper(allKept).show(), showKept(allKept), allKept.keep('a.txt')]);
});

interface Config<T> {
  readonly defaults: T;
  parse(text: string): T;
  find?: (name: string) => string;
}

function findFile(name: string): string {
  // review: Nobody needs at once what `findFile` gives as `find`
  return readFileSync(name, 'utf8');
}

const config: Config<{ a: number }> = { defaults: { a: 1 }, parse: () => ({ a: 2 }), find: findFile };

function handlerOf<T>(given: Config<T>): (name: string) => Promise<string> {
  return async (name) => given.find?.(name).trim() ?? '';
}

const handle = handlerOf(config);

app.get('/configured', async (req, res) => {
  res.send(await handle('a.txt'));
});
