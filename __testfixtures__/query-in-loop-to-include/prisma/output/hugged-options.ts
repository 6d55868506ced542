// queries: 5 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({
    where: { published: true },
    orderBy: { id: 'asc' },
    take: 20,
    include: { comments: { where: { likes: { gt: 0 } } } },
  });
  const counts: number[] = [];
  for (const post of posts) {
    // safe: eager loading
    const comments = post.comments;
    counts.push(comments.length);
  }
  return counts;
}
