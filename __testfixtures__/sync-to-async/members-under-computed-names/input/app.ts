import express from 'express';
import { readFileSync } from 'node:fs';
import * as files from './files.js';
import * as listed from './listed.js';
import * as whole from './whole.js';

const app = express();

app.get('/module/:kind', (req, res) => {
  const kind: 'text' | 'plain' = req.params.kind === 'text' ? 'text' : 'plain';
  res.json([files[kind]('a.txt').trim(), files.text('a.txt'), files.lines('a.txt')]);
});

class Pages {
  private readonly readers = {
    // report: `this.readers[kind]` may be `text`
    text: (path: string): string => readFileSync(path, 'utf8'),
    name: (path: string): string => path,
  };

  show(kind: 'text' | 'name'): string {
    return this.readers[kind]('a.txt').trim();
  }

  text(): string {
    return this.readers.text('a.txt').trim();
  }
}

class Notes {
  read(path: string): string {
    // report: `this[kind]` may be `Notes.read`
    return readFileSync(path, 'utf8');
  }

  name(path: string): string {
    return path;
  }

  show(kind: 'read' | 'name'): string {
    return this[kind]('a.txt').trim();
  }
}

app.get('/pages', (req, res) => {
  const pages = new Pages();
  const notes = new Notes();
  res.json([pages.show('text'), pages.text(), notes.show('read'), notes.read('a.txt')]);
});

const handlers = {
  // report: `table[kind]` may be `load`
  load: (path: string): string => readFileSync(path, 'utf8'),
};

function dispatch(table: Record<string, (path: string) => string>, kind: string): string {
  return table[kind]?.('a.txt').trim() ?? '';
}

app.get('/table/:kind', (req, res) => {
  res.json([dispatch(handlers, req.params.kind), handlers.load('a.txt')]);
});

const declared: Record<string, (path: string) => string> = {
  // report: `Record<string, (path: string) => string>` declares the type of `load`, and others may be of it
  load: (path) => readFileSync(path, 'utf8'),
};

app.get('/declared/:kind', (req, res) => {
  res.send(declared[req.params.kind]?.('a.txt'));
});

// Texts and numbers under computed names are none of its uses.
const titles: Record<string, string> = { load: 'Load' };
const sizes = {
  // safe: (2 functions become async)
  load: (path: string): number => readFileSync(path).length,
};

app.get('/titles/:kind', (req, res) => {
  res.json([titles[req.params.kind], sizes.load('a.txt')]);
});

function loadHanded(path: string): string {
  // review: Nobody needs at once what `loadHanded` gives as `loadHanded` but the calls that are seen
  return readFileSync(path, 'utf8');
}

const show = (api: { loadHanded(path: string): string }): string => api.loadHanded('a.txt').trim();

app.get('/handed', (req, res) => {
  res.json([loadHanded('a.txt'), show({ loadHanded }), useAll(whole)]);
});

function useAll(all: { part(path: string): string }): string[] {
  return [all.part('a.txt').trim(), whole.part('a.txt')];
}

class Parts {
  take(path: string): string {
    // report: may be `Parts.take`: which function it is is only known when it runs
    return readFileSync(path, 'utf8');
  }
}

app.get('/parts', (req, res) => {
  const parts = new Parts();
  const key = 'take' as const;
  const { [key]: take } = parts;
  res.json([parts.take('a.txt'), take('b.txt').trim()]);
});

app.get('/values', (req, res) => {
  res.json([listed.first('a.txt'), Object.values(listed).map((one) => one('a.txt').trim())]);
});

// Of the same type as what `dispatch` takes, but never handed to it.
const apart = {
  // safe: fs.readFileSync → readFile (2 functions become async)
  load: (path: string): string => readFileSync(path, 'utf8'),
};

app.get('/apart', (req, res) => {
  res.send(apart.load('a.txt'));
});
