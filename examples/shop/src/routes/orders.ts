import { Router } from 'express';
import { badRequest, conflict, notFound } from '../errors.js';
import { logger } from '../logger.js';
import { Customer, Order, OrderItem, orderStatuses, type OrderStatus, Product } from '../models/index.js';
import { checkout, type Basket } from '../services/checkout.js';
import { renderInvoice, saveInvoice } from '../services/invoice.js';
import { sendMail } from '../services/mailer.js';
import { nonEmptyText, positiveInteger } from './parameters.js';

export const ordersRouter = Router();

function isStatus(value: unknown): value is OrderStatus {
  return orderStatuses.some((status) => status === value);
}

async function requireOrder(id: number): Promise<Order> {
  const order = await Order.findByPk(id);
  if (!order) throw notFound(`There is no order ${id}.`);
  return order;
}

function basketFrom(body: unknown): Basket {
  if (typeof body !== 'object' || body === null) throw badRequest('An order is an object.');
  const { customerId, lines, cardNumber } = body as Record<string, unknown>;
  if (!Array.isArray(lines) || lines.length === 0) throw badRequest('An order has at least one line.');
  return {
    customerId: positiveInteger(customerId, 'customerId'),
    cardNumber: nonEmptyText(cardNumber, 'cardNumber'),
    lines: lines.map((line: Record<string, unknown> | null) => ({
      productId: positiveInteger(line?.productId, 'productId'),
      quantity: positiveInteger(line?.quantity, 'quantity'),
    })),
  };
}

ordersRouter.get('/', async (req, res) => {
  const { status } = req.query;
  if (status !== undefined && !isStatus(status)) {
    throw badRequest(`status must be one of ${orderStatuses.join(', ')}.`);
  }
  const orders = await Order.findAll({ where: status ? { status } : {}, order: [['id', 'ASC']] });

  const summaries = [];
  for (const order of orders) {
    const customer = await Customer.findByPk(order.customerId ?? undefined);
    const items = await OrderItem.findAll({ where: { orderId: order.id }, order: [['id', 'ASC']] });
    summaries.push({
      id: order.id,
      status: order.status,
      customer: customer?.name ?? 'guest',
      items: items.map((item) => ({ productId: item.productId, quantity: item.quantity })),
      totalCents: order.totalCents,
    });
  }
  console.log('Listed orders:', summaries.length, status ?? 'any status');
  res.json(summaries);
});

ordersRouter.get('/:id', async (req, res) => {
  const order = await requireOrder(positiveInteger(req.params.id, 'id'));
  const items = await OrderItem.findAll({ where: { orderId: order.id }, order: [['id', 'ASC']] });

  const lines = [];
  for (const item of items) {
    const product = await Product.findByPk(item.productId);
    lines.push({ name: product?.name ?? 'withdrawn', quantity: item.quantity, unitCents: item.unitCents });
  }
  res.json({
    id: order.id,
    status: order.status,
    placedAt: order.placedAt,
    lines,
    totalCents: order.totalCents,
  });
});

ordersRouter.post('/', async (req, res) => {
  const basket = basketFrom(req.body);
  const order = await checkout(basket);
  logger.info({ orderId: order.id, totalCents: order.totalCents }, 'order placed');
  res.status(201).json({ id: order.id, status: order.status, totalCents: order.totalCents });
});

ordersRouter.post('/:id/ship', async (req, res) => {
  const order = await requireOrder(positiveInteger(req.params.id, 'id'));
  if (order.status !== 'paid')
    throw conflict(`Order ${order.id} is ${order.status}, so it cannot be shipped.`);

  // Nobody is told of a parcel that the database does not know of.
  await order.update({ status: 'shipped' });
  await sendMail({
    id: `order-${order.id}-shipped`,
    to: 'warehouse@example.org',
    subject: 'Ship',
    text: `${order.id}`,
  });
  console.info(`Order ${order.id} shipped`);
  res.json({ id: order.id, status: order.status });
});

ordersRouter.get('/:id/invoice', async (req, res) => {
  const order = await requireOrder(positiveInteger(req.params.id, 'id'));
  const customer = await Customer.findByPk(order.customerId ?? undefined);
  const items = await OrderItem.findAll({
    where: { orderId: order.id },
    include: [{ model: Product, as: 'product' }],
    order: [['id', 'ASC']],
  });

  const html = renderInvoice({
    number: order.id,
    customer: customer?.name ?? 'guest',
    totalCents: order.totalCents,
    lines: items.map((item) => ({
      name: item.product?.name ?? 'withdrawn',
      quantity: item.quantity,
      unitCents: item.unitCents,
    })),
  });
  saveInvoice(order.id, html);
  res.type('html').send(html);
});
