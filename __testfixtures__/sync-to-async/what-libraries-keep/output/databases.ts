import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { app } from './app.ts';
import { accounts } from './schema.ts';
import { readFile } from 'node:fs/promises';

const db = new Database('shop.db');
const balanceOf = db.prepare('SELECT balance FROM accounts WHERE id = ?');
const pay = db.prepare('UPDATE accounts SET balance = ? WHERE id = ?');

// Two payments at once would both begin with the same balance.
app.post('/pay/:id', (req, res) => {
  const { balance } = balanceOf.get(req.params.id);
  // report: the table `accounts`
  const { fee } = JSON.parse(readFileSync('fees.json', 'utf8'));
  pay.run(balance - req.body.amount - fee, req.params.id);
  res.end();
});

const own = new DatabaseSync('own.db');

app.post('/own/:id', (req, res) => {
  const row = own.prepare('SELECT balance FROM accounts WHERE id = ?').get(req.params.id);
  // report: the table `accounts`
  const { fee } = JSON.parse(readFileSync('fees.json', 'utf8'));
  own.prepare('UPDATE accounts SET balance = ? WHERE id = ?').run(Number(row?.balance) - fee, req.params.id);
  res.end();
});

const orm = drizzle(db);

app.post('/orm/:id', (req, res) => {
  const row = orm.select().from(accounts).where(eq(accounts.id, req.params.id)).get();
  // report: the table `accounts`
  const { fee } = JSON.parse(readFileSync('fees.json', 'utf8'));
  orm.update(accounts).set({ balance: row.balance - fee }).where(eq(accounts.id, req.params.id)).run();
  res.end();
});

// What is written is not known, and may be what was read.
app.post('/any/:id', (req, res) => {
  const row = db.prepare('SELECT balance FROM accounts WHERE id = ?').get(req.params.id);
  // report: the table `accounts`
  const sql = readFileSync('pay.sql', 'utf8');
  db.exec(sql.replace('?', row.balance));
  res.end();
});

// Another table is another one.
app.post('/visits/:id', async (req, res) => {
  const row = db.prepare('SELECT name FROM accounts WHERE id = ?').get(req.params.id);
  // review: Two turns may set the table `visits`
  const text = await readFile('welcome.txt', 'utf8');
  db.prepare('INSERT INTO visits (name) VALUES (?)').run(row.name);
  res.send(text);
});
