import { Customer, Product, Review, Supplier } from './models';

async function nameOf(id: number): Promise<string | undefined> {
  const customer = await Customer.findByPk(id);
  return customer?.name;
}

export async function names(reviews: readonly Review[]) {
  const found: (string | undefined)[] = [];
  for (const review of reviews) {
    // report: `nameOf` asks for rows of `Customer` in every turn by `Customer.findByPk`
    if (review.userId !== null) found.push(await nameOf(review.userId));
  }
  return found;
}

export async function productsOf() {
  const suppliers = await Supplier.findAll({ order: [['name', 'ASC']] });
  const codes: string[] = [];
  for (const supplier of suppliers) {
    // report: is told more than which row
    const products = await supplier.$get('products', { order: ['id'] });
    codes.push(...products.map((product) => product.code));
  }
  return codes;
}

export async function reviewed() {
  const products = await Product.findAll();
  const counts: number[] = [];
  for (const product of products) {
    // report: it counts the `reviews` of one row
    counts.push(await product.$count('reviews'));
  }
  return counts;
}

export async function byUuid(ids: string[]) {
  const suppliers: Supplier[] = [];
  for (const id of ids) {
    // review: `id` is written in small letters, as the database gives `id`: it finds capitals too, and a lookup
    const supplier = await Supplier.findByPk(id);
    if (supplier) suppliers.push(supplier);
  }
  return suppliers;
}

export async function byNumber(ids: number[]) {
  for (const id of ids) {
    // report: `id` is a number, and `id` is a string in rows: a lookup would not find it
    const supplier = await Supplier.findByPk(id);
    if (!supplier) return id;
  }
  return undefined;
}
