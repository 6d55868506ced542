import assert from 'node:assert';
import express from 'express';
import { isWeak, mayEnter, validatePassword, type User } from './passwords.ts';

const app = express();
const users = new Map<string, User>();
const user: User = { name: 'root', hash: '', isAdmin: true };

app.post('/if', (req, res) => {
  if (!validatePassword(req.body.password, user.hash)) {
    res.status(401).end();
    return;
  }
  res.send('welcome');
});

app.post('/else', (req, res) => {
  if (user.isAdmin) res.send('welcome');
  else if (validatePassword(req.body.password, user.hash)) res.send('hello');
  else res.status(401).end();
});

app.post('/and', (req, res) => {
  const isIn = user.isAdmin && validatePassword(req.body.password, user.hash);
  res.status(isIn ? 200 : 401).end();
});

app.post('/or', (req, res) => {
  res.status(isWeak(req.body.password, user.hash) || !user.isAdmin ? 401 : 200).end();
});

app.post('/choice', (req, res) => {
  res.send(mayEnter(users.get(req.body.name), req.body.password) ? 'welcome' : 'no');
});

app.post('/while', (req, res) => {
  let tries = 0;
  while (!validatePassword(req.body.passwords[tries], user.hash) && tries < 3) tries++;
  res.send(`${tries}`);
});

app.post('/do', (req, res) => {
  let tries = 0;
  do tries++;
  while (validatePassword(req.body.passwords[tries], user.hash));
  res.send(`${tries}`);
});

app.post('/for', (req, res) => {
  let tries = 0;
  for (; validatePassword(req.body.passwords[tries], user.hash); ) tries++;
  res.send(`${tries}`);
});

app.post('/compared', (req, res) => {
  if (validatePassword(req.body.password, user.hash) === false) res.status(401).end();
  else res.send('welcome');
});

app.post('/switch', (req, res) => {
  switch (validatePassword(req.body.password, user.hash)) {
    case true:
      res.send('welcome');
      break;
    default:
      res.status(401).end();
  }
});

app.post('/switch-case', (req, res) => {
  switch (true) {
    case validatePassword(req.body.password, user.hash):
      res.send('welcome');
      break;
    default:
      res.status(401).end();
  }
});

app.post('/asserted', (req, res) => {
  assert(validatePassword(req.body.password, user.hash), 'wrong password');
  assert.equal(Boolean(validatePassword(req.body.password, user.hash)), true);
  res.send('welcome');
});

app.post('/double', (req, res) => {
  const isIn = !!validatePassword(req.body.password, user.hash);
  res.send(isIn ? 'welcome' : 'no');
});
