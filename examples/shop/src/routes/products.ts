import { join } from 'node:path';
import { Router } from 'express';
import { config, root } from '../config.js';
import { badRequest, notFound } from '../errors.js';
import { Product } from '../models/index.js';
import { PriceList } from '../services/pricing.js';
import { searchProducts } from '../services/search.js';
import { nonEmptyText, positiveInteger } from './parameters.js';

export const productsRouter = Router();

async function requireProduct(id: number): Promise<Product> {
  const product = await Product.findByPk(id);
  if (!product) throw notFound(`There is no product ${id}.`);
  return product;
}

productsRouter.get('/', async (_req, res) => {
  res.json(await Product.findAll({ order: [['id', 'ASC']] }));
});

productsRouter.get('/search', async (req, res) => {
  const text = nonEmptyText(req.query.q, 'q');
  const page = positiveInteger(req.query.page ?? '1', 'page');
  console.log(`Search for "${text}", page ${page}`);
  res.json(await searchProducts(text, page));
});

/** The products of a basket, in the order in which they are asked for. */
productsRouter.get('/basket', async (req, res) => {
  const ids = nonEmptyText(req.query.ids, 'ids')
    .split(',')
    .map((id) => positiveInteger(id, 'ids'));

  const products = [];
  for (const id of ids) {
    const product = await Product.findByPk(id);
    if (product) products.push({ id: product.id, name: product.name, priceCents: product.priceCents });
  }
  if (products.length < ids.length) {
    console.warn('%d of %d products of a basket are gone', ids.length - products.length, ids.length);
  }
  res.json(products);
});

productsRouter.get('/:id/price', async (req, res) => {
  const product = await requireProduct(positiveInteger(req.params.id, 'id'));
  const quantity = positiveInteger(req.query.quantity ?? '1', 'quantity');
  // The list is read for each request, so that a new discount holds at once.
  const prices = new PriceList(join(root, 'config', 'prices.json'));
  res.json({ id: product.id, quantity, totalCents: prices.totalCents(product, quantity) });
});

productsRouter.post('/:id/restock', async (req, res) => {
  const product = await requireProduct(positiveInteger(req.params.id, 'id'));
  const quantity = positiveInteger(req.body?.quantity, 'quantity');
  if (quantity > 1000) throw badRequest('The shelf holds 1000.');

  await product.increment('stock', { by: quantity });
  await product.reload();
  if (product.stock < config.lowStockBelow)
    console.warn('Still low after restocking', product.name, product.stock);
  res.json({ id: product.id, stock: product.stock });
});
