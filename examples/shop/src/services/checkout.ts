import { badRequest, conflict, notFound } from '../errors.js';
import { sequelize } from '../db.js';
import { Customer, Order, OrderItem, Product } from '../models/index.js';
import { sendMail } from './mailer.js';
import { formatCents } from './pricing.js';

export interface Basket {
  customerId: number;
  cardNumber: string;
  lines: { productId: number; quantity: number }[];
}

export async function requireCustomer(id: number): Promise<Customer> {
  const customer = await Customer.findByPk(id);
  if (!customer) throw notFound(`There is no customer ${id}.`);
  return customer;
}

/** Takes the goods out of stock and places a paid order: everything or nothing. */
export async function checkout(basket: Basket): Promise<Order> {
  const customer = await requireCustomer(basket.customerId);

  const order = await sequelize.transaction(async (transaction) => {
    const placed = await Order.create(
      { customerId: customer.id, status: 'unpaid', totalCents: 0, placedAt: new Date() },
      { transaction },
    );
    let totalCents = 0;
    for (const { productId, quantity } of basket.lines) {
      const product = await Product.findByPk(productId, { transaction, lock: transaction.LOCK.UPDATE });
      if (!product) throw badRequest(`There is no product ${productId}.`);
      if (product.stock < quantity) throw conflict(`Only ${product.stock} of ${product.name} left.`);

      await product.decrement('stock', { by: quantity, transaction });
      await OrderItem.create(
        { orderId: placed.id, productId, quantity, unitCents: product.priceCents },
        { transaction },
      );
      totalCents += quantity * product.priceCents;
    }
    return placed.update({ totalCents, status: 'paid' }, { transaction });
  });

  console.log('Charged card', basket.cardNumber, 'for order', order.id);
  await sendMail({
    id: `order-${order.id}-confirmation`,
    to: customer.email,
    subject: `Your order ${order.id}`,
    text: `Dear ${customer.name},\n\nwe got your order of ${formatCents(order.totalCents)}.`,
  });
  return order;
}
