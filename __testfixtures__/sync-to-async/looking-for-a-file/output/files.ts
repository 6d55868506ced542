import { existsSync, statSync, writeFileSync, constants } from 'node:fs';
import express from 'express';
import type { PathLike } from 'node:fs';
import { access, lstat, mkdir, readFile, stat } from 'node:fs/promises';

const exists = (path: PathLike) => access(path).then(() => true, () => false);

const app = express();

app.get('/a', async (req, res) => {
  // safe: fs.existsSync → await
  if (await exists('a.txt')) res.send('yes');
  // safe: fs.existsSync → await
  else if (!(await exists('b.txt'))) res.send('no');
  else res.send('maybe');
});

app.get('/b', async (req, res) => {
  // safe: fs.existsSync → await
  const isThere = (await exists('a.txt')) && req.query.all !== undefined;
  // safe: fs.existsSync → await
  const name = (await exists('b.txt')) ? 'b.txt' : 'c.txt';
  // safe: fs.existsSync → await
  res.json({ isThere, name, isOther: await exists(`${name}.old`) });
});

// The next line opens the file anyway, and tells by its error whether it is there.
app.get('/c', async (req, res) => {
  // safe: fs.existsSync → await
  if (!(await exists('a.txt'))) {
    res.status(404).end();
    return;
  }
  // safe: fs.readFileSync → await readFile
  res.send(await readFile('a.txt', 'utf8'));
});

// Two turns could both find that there is none, and both write one.
app.get('/d', (req, res) => {
  // report: is looked at (line
  if (!existsSync('seen.txt')) {
    // report: is looked at (line
    writeFileSync('seen.txt', 'yes');
  }
  res.end();
});

// A folder may be made by both.
app.get('/e', async (req, res) => {
  // safe: fs.existsSync → await
  if (!(await exists('cache/pages'))) {
    // safe: fs.mkdirSync → await mkdir
    await mkdir('cache/pages', { recursive: true });
  }
  res.end();
});

app.get('/f', async (req, res) => {
  // review: no folder on the way to `'a.txt'` is a file
  const found = await stat('a.txt').catch((error) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error)));
  // safe: fs.lstatSync → await lstat
  const link = await lstat('b.txt');
  // review: no folder on the way to `'c.txt'` is a file
  res.json({ size: found?.size, link: link.isSymbolicLink(), other: (await lstat('c.txt', { bigint: true }).catch((error) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error)))) === undefined });
});

app.get('/g', async (req, res) => {
  try {
    // safe: fs.accessSync → await access
    await access('a.txt', constants.R_OK);
    res.send('readable');
  } catch {
    res.send('not readable');
  }
});

const isQuiet = (name: string): boolean => name.startsWith('.');

app.get('/h', async (req, res) => {
  const name = String(req.query.name);
  // safe: fs.existsSync → await
  if (isQuiet(name) || (await exists(name)) || req.query.force === 'yes') res.send(name);
  else res.send('none');
});

// Whether it throws is decided at run time.
app.get('/i', (req, res) => {
  const throwIfNoEntry = req.query.strict === 'yes';
  // report: whether it throws for a missing file is decided at run time
  res.json(statSync('a.txt', { throwIfNoEntry }));
});
