import express from 'express';
import { CustomerFiles } from './customers.ts';
import { headline, totalOf } from './report.ts';

const app = express();
const customers = new CustomerFiles();

app.get('/reports/:id', (req, res) => {
  res.json({ title: headline(customers, req.params.id), total: totalOf(customers, req.params.id, [10, 20]) });
});

app.get('/names/:id', (req, res) => {
  res.send(customers.nameOf(req.params.id));
});

app.listen(3000);
