import { Op } from 'sequelize';
import { Product, Review } from './models';

// queries: 9 → 3
export async function run() {
  const products = await Product.findAll({ order: ['code'], attributes: ['id', 'code'] });
  const reviewCounts = await Review.count({ where: { productId: products.map((product) => product.id), stars: { [Op.gte]: 4 } }, group: ['productId'] });
  const reviewCountByProductId = new Map(reviewCounts.map((row) => [row.productId, Number(row.count)]));
  const productIds = products.map((product) => product.id);
  const allReviews = await Review.findAll({
    where: { productId: productIds },
    attributes: ['stars', 'text', 'productId'],
    order: [['id', 'ASC']],
  });
  const reviewsByProductId = new Map(productIds.map((id) => [id, [] as typeof allReviews]));
  for (const review of allReviews) reviewsByProductId.get(review.productId)?.push(review);
  const ratings = products.map((product) => {
    // safe: Review.count, Review.findAll in a loop → one query
    const good = reviewCountByProductId.get(product.id) ?? 0;
    const reviews = reviewsByProductId.get(product.id) ?? [];
    return { code: product.code, good, texts: reviews.map((review) => review.text), all: reviews.length };
  });
  return ratings;
}
