// queries: 7 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({
    orderBy: { id: 'asc' },
    take: 20,
    include: {
      comments: { where: { likes: { gt: 0 } }, orderBy: { id: 'desc' } },
    },
  });
  const summaries = posts.map((post) => {
    // safe: eager loading
    const comments = post.comments;
    return { title: post.title, last: comments.at(0)?.body, ids: comments.map(({ id }) => String(id)) };
  });
  return summaries;
}
