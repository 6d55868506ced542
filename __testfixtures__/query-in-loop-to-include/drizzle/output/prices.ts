// queries: 6 → 2
import { and, asc, inArray } from 'drizzle-orm';
import { db } from './db';
import { orderLines, prices } from './schema';

export async function run() {
  const lines = await db.select().from(orderLines).orderBy(asc(orderLines.id));
  const currency = 'EUR';
  const wanted = lines.map((line) => ({ ...line, currency: line.id === 3 ? 'USD' : currency }));
  const amounts: (string | undefined)[] = [];
  const skus = [...new Set(wanted.map((item) => item.sku))];
  const currencies = [...new Set(wanted.map((item) => item.currency))];
  const allPrices = await db.query.prices.findMany({
    where: and(inArray(prices.sku, skus), inArray(prices.currency, currencies)),
  });
  const pricesBySku = new Map(skus.map((key) => [key, [] as typeof allPrices]));
  for (const price of allPrices) pricesBySku.get(price.sku)?.push(price);
  for (const item of wanted) {
    // review: prices.findFirst in a loop → one query
    const price = pricesBySku.get(item.sku)?.find((price) => price.currency === item.currency);
    amounts.push(price?.amount);
  }
  return amounts;
}
