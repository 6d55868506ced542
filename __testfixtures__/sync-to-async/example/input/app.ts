import express from 'express';
import { labelsOf, Letterhead } from './templates.ts';

export const app = express();

app.get('/invoices/:id', (req, res) => {
  const labels = labelsOf(req.query.language);
  res.json({ id: req.params.id, ...labels });
});

app.get('/letterhead', (req, res) => {
  res.type('png').send(new Letterhead('logo.png').logo);
});
