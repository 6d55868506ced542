import express from 'express';
import { chainOf } from './chain.js';
import { readFile } from 'node:fs/promises';

const seen: unknown[] = [];
const remember = (value: any): void => void seen.push(value);

class Page {
  constructor(readonly name: string) {}
  async text(): Promise<string> {
    // safe: fs.readFileSync → readFile (1 function becomes async)
    return readFile(this.name, 'utf8');
  }
}

const app = express();
app.get('/page', async (request, response) => {
  remember(chainOf({ name: 'start' }));
  response.send(await new Page(String(request.query.name)).text());
});
app.listen(3000);
