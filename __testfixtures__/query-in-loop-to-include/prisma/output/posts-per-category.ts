// page: How many posts each category has
// queries: 9 → 3
import { prisma } from './db';

/** How many posts each category has, and how many of them are out. */
export async function run() {
  const categories = await prisma.category.findMany({ orderBy: { slug: 'asc' }, take: 100 });
  const rows: [string, number, number][] = [];
  const postCounts = await prisma.post.groupBy({
    by: ['categoryId'],
    where: { categoryId: { in: categories.map((category) => category.id) } },
    _count: { _all: true },
  });
  const postCountByCategoryId = new Map(postCounts.map((row) => [row.categoryId, row._count._all]));
  const postCounts2 = await prisma.post.groupBy({
    by: ['categoryId'],
    where: {
      published: true,
      categoryId: { in: categories.map((category) => category.id) },
    },
    _count: { _all: true },
  });
  const postCountByCategoryId2 = new Map(postCounts2.map((row) => [row.categoryId, row._count._all]));
  for (let i = 0; i < categories.length; i++) {
    // safe: one query
    const all = postCountByCategoryId.get(categories[i].id) ?? 0;
    const published = postCountByCategoryId2.get(categories[i].id) ?? 0;
    rows.push([categories[i].slug, all, published]);
  }
  return rows;
}
