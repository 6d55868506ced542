import express from 'express';
import { readFileSync, mkdirSync } from 'node:fs';
import { certificate, cover, Logo, Picture, settings } from './settings.ts';

const logo = new Logo('logo.png');

// report: Nobody is served meanwhile: it runs when `app.ts` is loaded
const banner = readFileSync('banner.txt', 'utf8');

export const app = express();

app.get('/', (req, res) => {
  res.json([banner, settings, logo.image, cover.bytes, new Picture('picture.png').bytes]);
});

function prepare(): void {
  // report: Nobody is served meanwhile
  mkdirSync('uploads', { recursive: true });
}

prepare();

app.listen(3000, () => {
  // report: Nobody is served meanwhile
  console.log(readFileSync('started.txt', 'utf8'), certificate());
});
