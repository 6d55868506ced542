// queries: 6 → 3
import { prisma } from './db';

export async function run() {
  const categories = await prisma.category.findMany({
    include: {
      // What readers see.
      posts: { where: { published: true }, orderBy: { id: 'asc' } },
    },
    take: 10,
    orderBy: { id: 'asc' },
  });
  const lines: string[] = [];
  const categoryIds = categories.map((category) => category.id);
  const allPosts = await prisma.post.findMany({
    where: { categoryId: { in: categoryIds }, published: false },
    orderBy: { id: 'asc' },
  });
  const postsByCategoryId = new Map(categoryIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByCategoryId.get(post.categoryId)?.push(post);
  for (const category of categories) {
    // safe: one query
    const drafts = postsByCategoryId.get(category.id) ?? [];
    lines.push(`${category.slug}: ${category.posts.length} and ${drafts.map(({ id }) => id).join()}`);
  }
  return lines;
}
