// queries: 10 → 4
import { prisma } from './db';

const commentFields = { id: true, body: true, likes: true } as const;

export async function run() {
  const posts = await prisma.post.findMany({
    where: { published: true },
    include: {
      tags: { orderBy: { name: 'asc' } },
      comments: { select: commentFields, orderBy: { id: 'asc' } },
      category: true,
    },
    orderBy: { id: 'asc' },
    take: 20,
  });
  const lines: string[] = [];
  for (const post of posts) {
    // safe: eager loading
    const comments = post.comments;
    const category = post.category;
    const likes = comments.reduce((sum, comment) => sum + comment.likes, 0);
    lines.push(`${category?.slug} ${post.tags.map(({ name }) => name).join()} ${likes}`);
  }
  return lines;
}
