import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';

export const app = express();

/** What it fills is its own, and it calls itself in turns. */
function pagesIn(root: string): Map<string, string> {
  const pages = new Map<string, string>();
  const faults: string[] = [];
  const walk = (folder: string): void => {
    // safe: fs.readdirSync → await readdir
    for (const name of readdirSync(join(root, folder))) {
      if (name.startsWith('.')) walk(join(folder, name));
      else if (pages.has(name)) faults.push(name);
      else {
        // safe: fs.readFileSync → await readFile
        const text = readFileSync(join(root, folder, name), 'utf8');
        if (text === '') faults.push(name);
        else pages.set(name, text);
      }
    }
  };
  walk('');
  if (faults.length > 0) throw new Error(faults.join(', '));
  return pages;
}

app.get('/pages', (request, response) => {
  response.json([...pagesIn('pages')]);
});

// What it fills is known to a timer too.
app.get('/watched', (request, response) => {
  const seen = new Map<string, string>();
  const read = (name: string): void => {
    // report: between the read
    if (!seen.has(name)) seen.set(name, readFileSync(name, 'utf8'));
  };
  read('a');
  setTimeout(() => seen.clear(), 100);
  response.json([...seen]);
});

// It is called whenever somebody likes.
function storeOf(): { load(name: string): string } {
  const known = new Map<string, string>();
  return {
    load(name) {
      // report: between the read
      if (!known.has(name)) known.set(name, readFileSync(name, 'utf8'));
      return known.get(name) ?? '';
    },
  };
}

const store = storeOf();

app.get('/stored', (request, response) => {
  response.send(store.load('a'));
});
