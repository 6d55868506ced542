import express from 'express';
import { readdirSync, readFileSync } from 'node:fs';

const app = express();

function depthOf(folder: string): number {
  let deepest = 0;
  // safe: (2 functions become async)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) deepest = Math.max(deepest, depthOf(`${folder}/${entry.name}`));
  }
  return deepest + 1;
}

app.get('/depth', (req, res) => {
  res.json(depthOf('pages'));
});

function included(path: string, depth: number): string {
  if (depth > 5) throw new RangeError('too deep');
  // safe: (3 functions become async)
  const [name, ...rest] = readFileSync(path, 'utf8').split('\n');
  return name === undefined || name === '' ? rest.join('\n') : joined(name, depth);
}

function joined(name: string, depth: number): string {
  return `${name}: ${included(`${name}.txt`, depth + 1)}`;
}

app.get('/included', (req, res) => {
  res.send(joined('page', 0));
});
