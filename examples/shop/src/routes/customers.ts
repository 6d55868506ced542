import { Router } from 'express';
import { HttpError, notFound } from '../errors.js';
import { Customer, Order, Product } from '../models/index.js';
import { requireCustomer } from '../services/checkout.js';
import { sendMail } from '../services/mailer.js';
import { hashPassword, issueResetToken, redeemResetToken, verifyPassword } from '../services/passwords.js';
import { nonEmptyText, positiveInteger } from './parameters.js';

export const customersRouter = Router();

customersRouter.post('/login', async (req, res) => {
  const email = nonEmptyText(req.body?.email, 'email');
  const password = nonEmptyText(req.body?.password, 'password');
  const customer = await Customer.findOne({ where: { email } });
  if (!customer || !verifyPassword(password, customer.passwordHash)) {
    console.warn('Login refused', { email, password });
    throw new HttpError(401, 'The e-mail address or the password is wrong.');
  }
  res.json({ id: customer.id, name: customer.name });
});

customersRouter.post('/forgotten-password', async (req, res) => {
  const email = nonEmptyText(req.body?.email, 'email');
  const customer = await Customer.findOne({ where: { email } });
  if (customer) {
    const token = issueResetToken(customer.id);
    console.log(`Reset token for customer ${customer.id}: ${token}`);
    await sendMail({ id: `reset-${customer.id}`, to: email, subject: 'Your password', text: token });
  }
  // The answer does not say whether the address is known.
  res.status(202).json({});
});

customersRouter.post('/password', async (req, res) => {
  const token = nonEmptyText(req.body?.token, 'token');
  const password = nonEmptyText(req.body?.password, 'password');
  const customerId = redeemResetToken(token);
  if (customerId === undefined) throw new HttpError(403, 'The token is not valid.');

  const customer = await requireCustomer(customerId);
  await customer.update({ passwordHash: hashPassword(password) });
  res.json({ id: customer.id });
});

customersRouter.post('/newsletter', async (req, res) => {
  const subject = nonEmptyText(req.body?.subject, 'subject');
  const text = nonEmptyText(req.body?.text, 'text');
  const customers = await Customer.findAll({ order: [['id', 'ASC']] });
  for (const customer of customers) {
    await sendMail({
      id: `newsletter-${customer.id}`,
      to: customer.email,
      subject,
      text: `Dear ${customer.name},\n\n${text}`,
    });
  }
  console.log('Newsletter "%s" sent to %d customers', subject, customers.length);
  res.json({ sent: customers.length });
});

customersRouter.get('/:id', async (req, res) => {
  const id = positiveInteger(req.params.id, 'id');
  const customer = await Customer.findByPk(id);
  const orders = await Order.count({ where: { customerId: id } });
  const spentCents = await Order.sum('totalCents', { where: { customerId: id } });
  if (!customer) throw notFound(`There is no customer ${id}.`);
  res.json({ id, name: customer.name, email: customer.email, orders, spentCents: spentCents ?? 0 });
});

customersRouter.get('/:id/history', async (req, res) => {
  const id = positiveInteger(req.params.id, 'id');
  await requireCustomer(id);
  const orders = await Order.findAll({ where: { customerId: id }, order: [['placedAt', 'DESC']] });

  const history = [];
  for (const order of orders) {
    const names: string[] = [];
    for (const item of await order.getItems({ order: [['id', 'ASC']] })) {
      const product = await Product.findByPk(item.productId);
      names.push(`${item.quantity} × ${product?.name ?? 'withdrawn'}`);
    }
    history.push({ id: order.id, placedAt: order.placedAt, items: names });
  }
  res.json(history);
});
