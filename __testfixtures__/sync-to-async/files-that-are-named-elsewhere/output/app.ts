import express from 'express';
import { readFile, writeFile } from 'node:fs/promises';

const app = express();

const templateOf = async (name: string): Promise<string> =>
  // review: is not what
  readFile(`templates/${name}`, 'utf8');

async function keep(name: string, text: string): Promise<void> {
  // review: No other turn reads or writes
  await writeFile(`pages/${name}`, text);
}

// A template is looked at and a page is written: nothing says that they are the same file.
app.post('/pages/:name', async (req, res) => {
  const template = await templateOf('page.html');
  await keep(req.params.name, template.replace('{}', req.body.text));
  res.end();
});
