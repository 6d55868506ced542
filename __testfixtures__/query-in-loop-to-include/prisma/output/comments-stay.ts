// queries: 9 → 3
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({
    include: { category: true },
    where: { published: true },
    orderBy: { id: 'asc' },
    take: 20, // The first page.
  });
  const lines: string[] = [];
  const categoryIds = [...new Set(posts.map((post) => post.categoryId))];
  const allPosts = await prisma.post.findMany({
    where: {
      categoryId: { in: categoryIds },
      // Drafts are nobody's business.
      published: true,
    },
    orderBy: { id: 'asc' },
  });
  const postsByCategoryId = new Map(categoryIds.map((id) => [id, [] as typeof allPosts]));
  for (const row of allPosts) postsByCategoryId.get(row.categoryId)?.push(row);
  for (const post of posts) {
    // safe: eager loading and one query
    const others = postsByCategoryId.get(post.categoryId) ?? [];
    const category = post.category;
    lines.push(`${post.title} is one of ${others.length} in ${category?.slug}`);
  }
  return lines;
}
