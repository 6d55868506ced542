import axios from 'axios';
import express from 'express';
import { DateTime, Settings } from 'luxon';
import { readFileSync } from 'node:fs';

const app = express();
const billing = axios.create({ baseURL: 'https://example.org/' });

app.post('/orders', async (req, res) => {
  axios.defaults.headers.common.Authorization = String(req.headers.authorization);
  // review: `axios` keeps nothing that another turn could change
  const order = readFileSync('order.json', 'utf8');
  await axios.post('https://example.org/orders', order);
  res.end();
});

app.post('/bills', async (req, res) => {
  billing.defaults.headers.common.Authorization = String(req.headers.authorization);
  // review: `axios` keeps nothing that another turn could change
  const bill = readFileSync('bill.json', 'utf8');
  await billing.post('/bills', bill);
  res.end();
});

app.get('/today', (req, res) => {
  Settings.defaultLocale = String(req.query.language);
  // review: `luxon` keeps nothing that another turn could change
  const words = readFileSync('words.txt', 'utf8');
  res.send(words + DateTime.now().toLocaleString());
});

// Who only reads them may wait.
app.get('/rates', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  const names = readFileSync('names.txt', 'utf8');
  const { data } = await billing.get('/rates');
  res.send(names + String(data) + DateTime.now().toISO());
});

// So may who sets what it has made itself.
app.get('/own', async (req, res) => {
  const own = axios.create();
  own.defaults.headers.common.Authorization = String(req.headers.authorization);
  // safe: fs.readFileSync → await readFile
  const names = readFileSync('names.txt', 'utf8');
  res.send(names + String((await own.get('https://example.org/')).data));
});

app.get('/timed', (req, res) => {
  console.time('timed');
  // review: `console.time` keeps nothing that another turn could change
  const page = readFileSync('page.html', 'utf8');
  console.timeEnd('timed');
  res.send(page);
});

app.get('/marked', (req, res) => {
  performance.mark('begin');
  // review: `performance` keeps nothing that another turn could change
  const page = readFileSync('page.html', 'utf8');
  console.log(performance.measure('page', 'begin').duration);
  res.send(page);
});

app.get('/since', (req, res) => {
  const begin = performance.now();
  // safe: fs.readFileSync → await readFile
  const page = readFileSync('page.html', 'utf8');
  console.log(performance.now() - begin);
  res.send(page);
});
