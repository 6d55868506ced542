import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import { badRequest, notFound } from '../errors.js';
import { listExports, readExport } from '../files/exports.js';
import { exportOrders } from '../jobs/nightly.js';
import { Customer, Order, Product } from '../models/index.js';
import { loadDashboard } from '../services/dashboard.js';
import { readOutbox } from '../services/mailer.js';

export const reportsRouter = Router();

reportsRouter.get('/dashboard', async (_req, res) => {
  const dashboard = await loadDashboard();
  console.log(dashboard);
  res.json(dashboard);
});

reportsRouter.get('/counts', async (_req, res) => {
  res.json({
    customers: await Customer.count(),
    products: await Product.count(),
    orders: await Order.count(),
  });
});

reportsRouter.get('/outbox', async (_req, res) => {
  res.json(await readOutbox());
});

reportsRouter.get('/exports', (_req, res) => {
  res.json(listExports());
});

reportsRouter.post('/exports', async (req, res) => {
  const day = new Date(String(req.body?.day));
  if (Number.isNaN(day.getTime())) throw badRequest('day must be a date.');
  try {
    res.status(201).json({ name: await exportOrders(day) });
  } catch (error) {
    console.error('Export failed', error);
    throw error;
  }
});

reportsRouter.get('/exports/:name', (req, res) => {
  const { name } = req.params;
  if (!/^[\w-]+\.csv$/.test(name)) throw badRequest('That is not the name of an export.');
  const csv = readExport(name);
  if (csv === undefined) throw notFound(`There is no export ${name}.`);

  res.type('text/csv').vary('Accept-Encoding');
  if (req.acceptsEncodings('gzip')) {
    res.set('Content-Encoding', 'gzip').send(gzipSync(csv));
  } else {
    res.send(csv);
  }
});
