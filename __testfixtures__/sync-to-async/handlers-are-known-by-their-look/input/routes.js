import { readFileSync } from 'node:fs';

export default (app) => {
  app.get('/text', (req, res) => {
    // review: By its name `app.get` is what it looks like
    res.send(readFileSync('text.txt', 'utf8'));
  });
};
