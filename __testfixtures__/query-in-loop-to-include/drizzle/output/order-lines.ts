// queries: 5 → 2
import { asc, inArray } from 'drizzle-orm';
import { db } from './db';
import { orderLines, orders } from './schema';

/** Prices are texts that JSON would change: `10.50` has to stay so. */
export async function run() {
  const recent = await db.query.orders.findMany({ orderBy: asc(orders.id), limit: 50 });
  const receipts = [];
  const orderIds = recent.map((order) => order.id);
  const allOrderLines = await db
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(asc(orderLines.id));
  const orderLinesByOrderId = new Map(orderIds.map((id) => [id, [] as typeof allOrderLines]));
  for (const orderLine of allOrderLines) orderLinesByOrderId.get(orderLine.orderId)?.push(orderLine);
  for (let i = 0; i < recent.length; i++) {
    const order = recent[i];
    // safe: one query
    const lines = orderLinesByOrderId.get(order.id) ?? [];
    receipts.push({ id: order.id.toString(), placedAt: order.placedAt, prices: lines.map((line) => line.price) });
  }
  return receipts;
}
