import express from 'express';
import { readFileSync } from 'node:fs';
import Transport from 'winston-transport';

const app = express();

type Loader = (path: string) => string;

interface Plugin {
  readonly name: string;
  readonly load: Loader;
}

// report: declares the type of `plain`
const plain: Loader = (path) => readFileSync(path, 'utf8');

const plugin: Plugin = {
  name: 'files',
  // report: declares the type of `load`
  load: (path) => readFileSync(path, 'utf8'),
};

class Reader implements Plugin {
  readonly name = 'reader';
  // report: where it cannot be changed
  readonly load: Loader = (path) => readFileSync(path, 'utf8');
}

function textOf(path: string): string {
  // report: The type of `textOf` is used elsewhere
  return readFileSync(path, 'utf8');
}
type Text = ReturnType<typeof textOf>;

function isSettings(path: string): path is 'settings.json' {
  // report: narrows a type by what it returns
  return readFileSync(path, 'utf8').startsWith('{');
}

function assertSettings(path: string): asserts path is 'settings.json' {
  // report: narrows a type by what it returns
  if (!readFileSync(path, 'utf8').startsWith('{')) throw new Error('no settings');
}

class FileTransport extends Transport {
  log(entry: { path: string }): void {
    // report: is of a package, and may call
    readFileSync(entry.path);
  }
}

function eachText(paths: readonly string[], take: Loader): string[] {
  return paths.map((path) => take(path));
}

app.get('/texts/:path', (req, res) => {
  const { path } = req.params;
  const text: Text = textOf(path);
  if (isSettings(path)) assertSettings(path);
  new FileTransport().log({ path });
  // report: does not allow
  const all = eachText([path], (one) => readFileSync(one, 'utf8'));
  res.json([plain(path), plugin.load(path), new Reader().load(path), text, all]);
});
