import bcrypt from 'bcrypt';
import express from 'express';
import type { User } from './passwords.ts';

const app = express();

// A promise is always true, so that each of these would let everybody in.
app.post('/filter', (req, res) => {
  const users: User[] = req.body.users;
  // report: uses what it returns at once
  res.json(users.filter((one) => bcrypt.compareSync(req.body.password, one.hash)));
});

app.post('/some', (req, res) => {
  const users: User[] = req.body.users;
  // report: uses what it returns at once
  if (users.some(({ hash }) => bcrypt.compareSync(req.body.password, hash))) res.send('welcome');
  else res.status(401).end();
});

app.post('/every', (req, res) => {
  const users: User[] = req.body.users;
  // report: uses what it returns at once
  const isIn = users.every(({ hash }) => bcrypt.compareSync(req.body.password, hash));
  res.send(isIn);
});

const fits = (password: string, hash: string): boolean =>
  // report: uses what it returns at once
  bcrypt.compareSync(password, hash);

app.post('/find', (req, res) => {
  const users: User[] = req.body.users;
  res.json(users.find(({ hash }) => fits(req.body.password, hash)));
});
