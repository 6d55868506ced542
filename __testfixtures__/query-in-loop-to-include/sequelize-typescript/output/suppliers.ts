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
  const supplierIds = [...new Set(products.flatMap((product) => product.supplierId ?? []))];
  const suppliers = await Supplier.findAll({ where: { id: supplierIds } });
  const supplierById = new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  for (const product of products) {
    // safe: Supplier.findByPk in a loop → one query
    const supplier = product.supplierId ? supplierById.get(product.supplierId) ?? null : null;
    offers.push({ code: product.code, price: product.price, supplier: supplier?.name });
  }
  return offers;
}
