// queries: 7 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({
    orderBy: { id: 'asc' },
    take: 20,
    include: { author: true, _count: { select: { comments: true } } },
  });
  const feed: string[] = [];
  for (const post of posts) {
    // safe: user.findUnique, comment.count in a loop → eager loading
    const author = post.author;
    const comments = post._count.comments;
    feed.push(`${post.title} by ${author?.name}: ${comments} comments`);
  }
  return feed;
}
