import { readFileSync } from 'node:fs';
import express from 'express';
import { traced } from './traced.ts';

const app = express();

class Files {
  text(name: string): string {
    // review: The proxy of line 2 of `traced.ts` does not look at what `Files.text` returns
    return readFileSync(`files/${name}`, 'utf8');
  }
}

class Pages extends Files {
  page(name: string): string {
    // review: The proxy of line 2 of `traced.ts` does not look at what `Pages.page` returns
    return readFileSync(`pages/${name}`, 'utf8');
  }
}

const pages = traced(new Pages());

app.get('/pages/:name', (req, res) => {
  res.send(pages.page(req.params.name).toUpperCase() + pages.text(req.params.name));
});

// One in whose place no proxy stands.
class Notes {
  note(name: string): string {
    // safe: (2 functions become async)
    return readFileSync(`notes/${name}`, 'utf8');
  }
}

const notes = new Notes();

app.get('/notes/:name', (req, res) => {
  res.send(notes.note(req.params.name));
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
