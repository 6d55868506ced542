import assert from 'node:assert';
import express from 'express';
import { isWeak, mayEnter, validatePassword, type User } from './passwords.ts';

const app = express();
const users = new Map<string, User>();
const user: User = { name: 'root', hash: '', isAdmin: true };

app.post('/if', async (req, res) => {
  if (!(await validatePassword(req.body.password, user.hash))) {
    res.status(401).end();
    return;
  }
  res.send('welcome');
});

app.post('/else', async (req, res) => {
  if (user.isAdmin) res.send('welcome');
  else if (await validatePassword(req.body.password, user.hash)) res.send('hello');
  else res.status(401).end();
});

app.post('/and', async (req, res) => {
  const isIn = user.isAdmin && (await validatePassword(req.body.password, user.hash));
  res.status(isIn ? 200 : 401).end();
});

app.post('/or', async (req, res) => {
  res.status((await isWeak(req.body.password, user.hash)) || !user.isAdmin ? 401 : 200).end();
});

app.post('/choice', async (req, res) => {
  res.send((await mayEnter(users.get(req.body.name), req.body.password)) ? 'welcome' : 'no');
});

app.post('/while', async (req, res) => {
  let tries = 0;
  while (!(await validatePassword(req.body.passwords[tries], user.hash)) && tries < 3) tries++;
  res.send(`${tries}`);
});

app.post('/do', async (req, res) => {
  let tries = 0;
  do tries++;
  while (await validatePassword(req.body.passwords[tries], user.hash));
  res.send(`${tries}`);
});

app.post('/for', async (req, res) => {
  let tries = 0;
  for (; await validatePassword(req.body.passwords[tries], user.hash); ) tries++;
  res.send(`${tries}`);
});

app.post('/compared', async (req, res) => {
  if ((await validatePassword(req.body.password, user.hash)) === false) res.status(401).end();
  else res.send('welcome');
});

app.post('/switch', async (req, res) => {
  switch (await validatePassword(req.body.password, user.hash)) {
    case true:
      res.send('welcome');
      break;
    default:
      res.status(401).end();
  }
});

app.post('/switch-case', async (req, res) => {
  switch (true) {
    case await validatePassword(req.body.password, user.hash):
      res.send('welcome');
      break;
    default:
      res.status(401).end();
  }
});

app.post('/asserted', async (req, res) => {
  assert(await validatePassword(req.body.password, user.hash), 'wrong password');
  assert.equal(Boolean(await validatePassword(req.body.password, user.hash)), true);
  res.send('welcome');
});

app.post('/double', async (req, res) => {
  const isIn = !!(await validatePassword(req.body.password, user.hash));
  res.send(isIn ? 'welcome' : 'no');
});
