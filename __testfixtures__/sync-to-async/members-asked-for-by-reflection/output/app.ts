import express, { type Request } from 'express';
import { readFile } from 'node:fs/promises';

export const app = express();

const nameOf = (request: Request): string => String(request.query.name);

class Files {
  async read(path: string): Promise<string> {
    // review: `Reflect.get(one, name)`, whose name is only known when it runs, is never `Files.read`
    return readFile(path, 'utf8');
  }
}

function call(one: object, name: string): string {
  return Reflect.get(one, name).call(one, 'a.txt').toUpperCase();
}

app.get('/reflected', (request, response) => {
  response.send(call(new Files(), nameOf(request)));
});

app.get('/files', async (_request, response) => {
  response.send(await new Files().read('b.txt'));
});

// What no object has as a member is not asked for so.
async function textOf(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
}

app.get('/text', async (_request, response) => {
  response.send(await textOf('b.txt'));
});
