import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

const tagged = (tag: string) => (target: object) => Reflect.set(target, 'tag', tag);

function tagOf(path: string): string {
  // report: and it calls `tagOf`
  return readFileSync(path, 'utf8');
}

@tagged(tagOf('tag.txt'))
export class Page {}

// report: Nobody is served meanwhile
@tagged(readFileSync('other.txt', 'utf8'))
export class Other {}

app.get('/tags/:path', (req, res) => {
  res.send(tagOf(req.params.path));
});
