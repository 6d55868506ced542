import { readFileSync } from 'node:fs';
import express from 'express';
import { traced } from './traced.ts';
import { readFile } from 'node:fs/promises';

const app = express();

class Files {
  async text(name: string): Promise<string> {
    // review: The proxy of line 2 of `traced.ts` does not look at what `Files.text` returns
    return readFile(`files/${name}`, 'utf8');
  }
}

class Pages extends Files {
  async page(name: string): Promise<string> {
    // review: The proxy of line 2 of `traced.ts` does not look at what `Pages.page` returns
    return readFile(`pages/${name}`, 'utf8');
  }
}

const pages = traced(new Pages());

app.get('/pages/:name', async (req, res) => {
  res.send((await pages.page(req.params.name)).toUpperCase() + (await pages.text(req.params.name)));
});

// One in whose place no proxy stands.
class Notes {
  async note(name: string): Promise<string> {
    // safe: (2 functions become async)
    return readFile(`notes/${name}`, 'utf8');
  }
}

const notes = new Notes();

app.get('/notes/:name', async (req, res) => {
  res.send(await notes.note(req.params.name));
});

const texts = {
  text(name: string): string {
    // report: `text` is handed to `Proxy` in an object
    return readFileSync(`texts/${name}`, 'utf8');
  },
};

const quiet = new Proxy(texts, {});

app.get('/texts/:name', (req, res) => {
  res.send(texts.text(req.params.name));
});

app.get('/quiet', (req, res) => {
  res.json(quiet !== undefined);
});
