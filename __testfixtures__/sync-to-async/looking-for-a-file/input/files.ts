import { existsSync, lstatSync, readFileSync, statSync, writeFileSync, mkdirSync, accessSync, constants } from 'node:fs';
import express from 'express';

const app = express();

app.get('/a', (req, res) => {
  // safe: fs.existsSync → await
  if (existsSync('a.txt')) res.send('yes');
  // safe: fs.existsSync → await
  else if (!existsSync('b.txt')) res.send('no');
  else res.send('maybe');
});

app.get('/b', (req, res) => {
  // safe: fs.existsSync → await
  const isThere = existsSync('a.txt') && req.query.all !== undefined;
  // safe: fs.existsSync → await
  const name = existsSync('b.txt') ? 'b.txt' : 'c.txt';
  // safe: fs.existsSync → await
  res.json({ isThere, name, isOther: existsSync(`${name}.old`) });
});

// The next line opens the file anyway, and tells by its error whether it is there.
app.get('/c', (req, res) => {
  // safe: fs.existsSync → await
  if (!existsSync('a.txt')) {
    res.status(404).end();
    return;
  }
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('a.txt', 'utf8'));
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
app.get('/e', (req, res) => {
  // safe: fs.existsSync → await
  if (!existsSync('cache/pages')) {
    // safe: fs.mkdirSync → await mkdir
    mkdirSync('cache/pages', { recursive: true });
  }
  res.end();
});

app.get('/f', (req, res) => {
  // review: no folder on the way to `'a.txt'` is a file
  const found = statSync('a.txt', { throwIfNoEntry: false });
  // safe: fs.lstatSync → await lstat
  const link = lstatSync('b.txt', { throwIfNoEntry: true });
  // review: no folder on the way to `'c.txt'` is a file
  res.json({ size: found?.size, link: link.isSymbolicLink(), other: lstatSync('c.txt', { bigint: true, throwIfNoEntry: false }) === undefined });
});

app.get('/g', (req, res) => {
  try {
    // safe: fs.accessSync → await access
    accessSync('a.txt', constants.R_OK);
    res.send('readable');
  } catch {
    res.send('not readable');
  }
});

const isQuiet = (name: string): boolean => name.startsWith('.');

app.get('/h', (req, res) => {
  const name = String(req.query.name);
  // safe: fs.existsSync → await
  if (isQuiet(name) || existsSync(name) || req.query.force === 'yes') res.send(name);
  else res.send('none');
});

// Whether it throws is decided at run time.
app.get('/i', (req, res) => {
  const throwIfNoEntry = req.query.strict === 'yes';
  // report: whether it throws for a missing file is decided at run time
  res.json(statSync('a.txt', { throwIfNoEntry }));
});
