import { readFile } from 'node:fs/promises';

export default (app) => {
  app.get('/text', async (req, res) => {
    // review: By its name `app.get` is what it looks like
    res.send(await readFile('text.txt', 'utf8'));
  });
};
