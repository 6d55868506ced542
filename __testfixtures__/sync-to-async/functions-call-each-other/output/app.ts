import express from 'express';
import { readFile, readdir } from 'node:fs/promises';

const app = express();

async function depthOf(folder: string): Promise<number> {
  let deepest = 0;
  // safe: (2 functions become async)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) deepest = Math.max(deepest, await depthOf(`${folder}/${entry.name}`));
  }
  return deepest + 1;
}

app.get('/depth', async (req, res) => {
  res.json(await depthOf('pages'));
});

async function included(path: string, depth: number): Promise<string> {
  if (depth > 5) throw new RangeError('too deep');
  // safe: (3 functions become async)
  const [name, ...rest] = (await readFile(path, 'utf8')).split('\n');
  return name === undefined || name === '' ? rest.join('\n') : await joined(name, depth);
}

async function joined(name: string, depth: number): Promise<string> {
  return `${name}: ${await included(`${name}.txt`, depth + 1)}`;
}

app.get('/included', async (req, res) => {
  res.send(await joined('page', 0));
});
