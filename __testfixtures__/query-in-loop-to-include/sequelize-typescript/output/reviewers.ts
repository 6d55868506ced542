import { Customer, Review } from './models';

async function authorOf(review: Review, byId: Map<number, string>): Promise<string> {
  return review.userId === null ? 'anonymous' : (byId.get(review.userId) ?? 'deleted');
}

// queries: 6 → 2
export async function run(): Promise<string[]> {
  const reviews = await Review.findAll({ order: [['id', 'ASC']] });
  const names = new Map<number, string>();
  const customerIds = [...new Set(reviews.flatMap((review) => review.userId ?? []))];
  const customers = await Customer.findAll({ where: { id: customerIds } });
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  for (const review of reviews) {
    // safe: Customer.findByPk in a loop → one query
    const customer = customerById.get(review.userId!) ?? null;
    if (customer) names.set(customer.id, customer.name);
  }
  return Promise.all(reviews.map((review) => authorOf(review, names)));
}
