import { app } from './app';
import { readFile } from 'node:fs/promises';

const who = { user: '', path: '' };

// A pattern and a loop change it, too.
app.use((req: any, res, next) => {
  req.who = who;
  [who.user] = String(req.headers.authorization).split(':');
  for (who.path of req.path.split('/')) if (who.path !== '') break;
  next();
});

app.get('/who', async (req: any, res) => {
  // review: No other turn changes what `who` holds, which `req.who` may be (line 4 of `patterns.ts`): line 9 of `patterns.ts` changes it
  const text = await readFile('page.txt', 'utf8');
  res.send(text + req.who.user);
});

app.get('/where', async (req: any, res) => {
  // review: No other turn changes what `who` holds, which `req.who` may be (line 4 of `patterns.ts`): line 10 of `patterns.ts` changes it
  const text = await readFile('page.txt', 'utf8');
  res.send(text + req.who.path);
});
