import express from 'express';
import { readFileSync, writeFileSync } from 'node:fs';

const app = express();

const templateOf = (name: string): string =>
  // review: is not what
  readFileSync(`templates/${name}`, 'utf8');

function keep(name: string, text: string): void {
  // review: No other turn reads or writes
  writeFileSync(`pages/${name}`, text);
}

// A template is looked at and a page is written: nothing says that they are the same file.
app.post('/pages/:name', (req, res) => {
  const template = templateOf('page.html');
  keep(req.params.name, template.replace('{}', req.body.text));
  res.end();
});
