// queries: 6 → 2
import { OrderLine, Price } from './models';

export async function run() {
  const lines = await OrderLine.find().sort({ _id: 1 }).lean();
  const amounts: string[] = [];
  const productIds = lines.flatMap((line) => line.product ?? []);
  const currencies = [...new Set(lines.flatMap((line) => line.currency ?? []))];
  const allPrices = await Price.find({ product: { $in: productIds }, currency: { $in: currencies } }).lean();
  const pricesByProduct = new Map(productIds.map((key) => [String(key), [] as typeof allPrices]));
  for (const price of allPrices) pricesByProduct.get(String(price.product))?.push(price);
  for (const line of lines) {
    // review: is never null or undefined
    const price = pricesByProduct.get(String(line.product))?.find((price) => price.currency === line.currency) ?? null;
    amounts.push(price === null ? 'no price' : `${line.quantity} × ${price.amount} ${price.currency}`);
  }
  return amounts;
}
