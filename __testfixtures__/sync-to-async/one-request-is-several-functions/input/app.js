import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import i18n from 'i18n';

const app = express();

// What one function sets for the next one is there for all requests.
let currentUser;
const context = {};

app.use((req, res, next) => {
  currentUser = req.headers['x-user'];
  i18n.setLocale(req.headers['accept-language']);
  next();
});

function begin(req, res, next) {
  context.started = Date.now();
  next();
}

// One between the two.
app.use((req, res, next) => {
  // review: No other request changes the variable `currentUser` between line 13 of `app.js`, which sets it, and line 30 of `app.js`
  req.settings = JSON.parse(readFileSync('settings.json', 'utf8'));
  next();
});

app.get('/me', (req, res) => res.json({ user: currentUser, theme: req.settings.theme }));

// The one that uses it.
app.get('/page', (req, res) => {
  // review: No other request changes what `i18n` keeps between line 14 of `app.js`, which sets it
  const page = readFileSync('page.html', 'utf8');
  res.send(page + i18n.__('hello'));
});

// Before it waits is soon enough.
app.get('/name', (req, res) => {
  const page = { user: currentUser };
  // review: What was read of the variable `currentUser` before still holds
  page.text = readFileSync('page.html', 'utf8');
  res.json(page);
});

// It uses nothing of all that, and nobody comes after it.
app.get('/plain', (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8'));
});

// Only for this route.
const loadDb = (req, res, next) => {
  // review: No other request changes the file `db.json` between line 56 of `app.js`, which looks at it, and line 63
  req.db = JSON.parse(readFileSync('db.json', 'utf8'));
  next();
};

app.post('/items', loadDb, (req, res) => {
  req.db.items.push(req.query.item);
  // review: No other turn reads or writes `db.json`
  writeFileSync('db.json', JSON.stringify(req.db));
  res.json(req.db.items.length);
});

// A function of the project in the middle, and one that sets it itself.
const textOf = (path) => {
  // review: No other request changes the property `started` between line 19 of `app.js`, which sets it, and line 77
  return readFileSync(path, 'utf8');
};

app.get('/timed', begin, (req, res, next) => {
  req.text = textOf('page.html');
  next();
}, (req, res) => {
  res.json([Date.now() - context.started, req.text]);
});

// Others come between today already.
app.get('/slow', begin, async (req, res, next) => {
  await sleep(100);
  // safe: fs.readFileSync → await readFile
  req.text = readFileSync('page.html', 'utf8');
  next();
}, (req, res) => {
  res.json([Date.now() - context.started, req.text]);
});

app.listen(3000);
