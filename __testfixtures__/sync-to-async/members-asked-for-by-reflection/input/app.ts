import { readFileSync } from 'node:fs';
import express, { type Request } from 'express';

export const app = express();

const nameOf = (request: Request): string => String(request.query.name);

class Files {
  read(path: string): string {
    // review: `Reflect.get(one, name)`, whose name is only known when it runs, is never `Files.read`
    return readFileSync(path, 'utf8');
  }
}

function call(one: object, name: string): string {
  return Reflect.get(one, name).call(one, 'a.txt').toUpperCase();
}

app.get('/reflected', (request, response) => {
  response.send(call(new Files(), nameOf(request)));
});

app.get('/files', (_request, response) => {
  response.send(new Files().read('b.txt'));
});

// What no object has as a member is not asked for so.
function textOf(path: string): string {
  // safe: fs.readFileSync → readFile
  return readFileSync(path, 'utf8');
}

app.get('/text', (_request, response) => {
  response.send(textOf('b.txt'));
});
