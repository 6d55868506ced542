// queries: 5 → 1
import { Price } from './entities';
import { In } from 'typeorm';

const wanted = [
  { sku: 'nut', country: 'DE' },
  { sku: 'bolt', country: 'FR' },
  { sku: 'nut', country: 'FR' },
  { sku: 'bolt', country: 'US' },
  { sku: 'nut', country: 'DE' },
];

export async function run() {
  const amounts: string[] = [];
  const skus = [...new Set(wanted.map(({ sku }) => sku))];
  const countries = [...new Set(wanted.map(({ country }) => country))];
  const allPrices = await Price.findBy({ sku: In(skus), country: In(countries) });
  const pricesBySku = new Map(skus.map((key) => [key, [] as typeof allPrices]));
  for (const price of allPrices) pricesBySku.get(price.sku)?.push(price);
  for (const { sku, country } of wanted) {
    // review: There are at most 65,535
    const price = pricesBySku.get(sku)?.find((price) => price.country === country) ?? null;
    amounts.push(price?.amount ?? '-');
  }
  return amounts;
}
