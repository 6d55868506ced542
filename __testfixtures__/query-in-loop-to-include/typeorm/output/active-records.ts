// queries: 6 → 2
import { Order, OrderLine } from './entities';
import { In } from 'typeorm';

export async function run() {
  const lines = await OrderLine.find({ order: { id: 'ASC' }, take: 500 });
  const countries: Record<string, string> = {};
  const orderIds = [...new Set(lines.map(({ orderId }) => orderId))];
  const orders = await Order.findBy({ id: In(orderIds) });
  const orderById = new Map(orders.map((order) => [order.id, order]));
  for (const { id, orderId, sku } of lines) {
    // safe: one query
    const order = orderById.get(orderId) ?? null;
    countries[id] = `${sku} to ${order?.country} on ${order?.placedOn}`;
  }
  return countries;
}
