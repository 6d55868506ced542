import express from 'express';
import { CustomerFiles } from './customers.ts';
import { headline, totalOf } from './report.ts';

const app = express();
const customers = new CustomerFiles();

app.get('/reports/:id', async (req, res) => {
  res.json({ title: await headline(customers, req.params.id), total: await totalOf(customers, req.params.id, [10, 20]) });
});

app.get('/names/:id', async (req, res) => {
  res.send(await customers.nameOf(req.params.id));
});

app.listen(3000);
