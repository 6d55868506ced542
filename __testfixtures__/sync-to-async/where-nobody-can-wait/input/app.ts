import express from 'express';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { render } from 'some-templates';

const app = express();

function textOf(path: string): string {
  // report: A constructor cannot wait
  return readFileSync(path, 'utf8');
}

class Page {
  readonly text: string;

  constructor(path: string) {
    this.text = textOf(path);
  }
}

class Folder {
  get size(): number {
    // report: A getter cannot wait
    return statSync('folder').size;
  }

  set name(name: string) {
    // report: A setter cannot wait
    if (!existsSync(name)) throw new Error('missing');
  }

  *lines(): Generator<string> {
    // report: A generator gives its values at once
    yield* readFileSync('lines.txt', 'utf8').split('\n');
  }

  [Symbol.iterator](): Iterator<string> {
    // report: is called by the language
    return readFileSync('lines.txt', 'utf8').split('\n')[Symbol.iterator]();
  }

  [Symbol.toPrimitive](): string {
    // report: is called by the language
    return readFileSync('lines.txt', 'utf8');
  }

  toString(): string {
    // report: is called by the language
    return readFileSync('lines.txt', 'utf8');
  }

  toJSON(): object {
    // report: is called by the language
    return { text: readFileSync('lines.txt', 'utf8') };
  }

  valueOf(): number {
    // report: is called by the language
    return statSync('folder').size;
  }
}

app.get('/page/:path', (req, res) => {
  const folder = new Folder();
  folder.name = 'other';
  res.json([new Page(req.params.path), folder, folder.size, ...folder.lines(), ...folder, `${folder}`, +folder]);
});

app.get('/sort', (req, res) => {
  const names = ['a', 'b'];
  // report: uses what it returns at once
  names.sort((a, b) => statSync(a).size - b.length);
  res.json(names);
});

app.get('/replace', (req, res) => {
  const text = 'see {{page}}';
  // report: uses what it returns at once
  res.send(text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => readFileSync(name, 'utf8')));
});

app.get('/parse', (req, res) => {
  // report: uses what it returns at once
  res.json(JSON.parse('{"file":"a.txt"}', (key, value: string) => (key === 'file' ? readFileSync(value, 'utf8') : value)));
});

// report: The default of a parameter cannot wait
function linesOf(text: string = readFileSync('lines.txt', 'utf8')): string[] {
  return text.split('\n');
}

app.get('/default', (req, res) => {
  res.json(linesOf());
});

app.get('/executor', (req, res) => {
  const text = new Promise<string>((resolve) => {
    // report: it is the executor of a `new Promise`
    resolve(readFileSync('text.txt', 'utf8'));
  });
  res.json({ isPromise: text instanceof Promise });
});

app.get('/template', (req, res) => {
  // report: may not wait for it
  res.send(render('page', { text: () => 1 }, (name: string) => readFileSync(name, 'utf8')));
});

app.get('/template/helpers', (req, res) => {
  // report: in an object, and what that does with it is not known
  res.send(render('page', { text: () => readFileSync('a.txt', 'utf8') }));
});

function* walk(folder: string): Generator<string> {
  // report: A generator gives its values at once
  if (existsSync(folder)) yield folder;
}

app.get('/walk', (req, res) => {
  res.json([...walk('pages')]);
});

// One that is asynchronous can wait.
async function* tail(path: string): AsyncGenerator<string> {
  // safe: fs.readFileSync → await readFile
  yield readFileSync(path, 'utf8');
}

app.get('/tail', async (req, res) => {
  for await (const text of tail('a.txt')) res.write(text);
  res.end();
});
