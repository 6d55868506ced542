// queries: 6 → 2
import { prisma } from './db';

/** The rows come from outside of the transaction that the posts are read in. */
export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  return prisma.$transaction(async (tx) => {
    const counts: string[] = [];
    const authorIds = users.map((user) => user.id);
    const allPosts = await tx.post.findMany({
      where: { authorId: { in: authorIds } },
      orderBy: { id: 'asc' },
    });
    const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
    for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
    for (const user of users) {
      // safe: one query
      const posts = postsByAuthorId.get(user.id) ?? [];
      counts.push(`${user.name} ${posts.map(({ id }) => id).join()}`);
    }
    return counts;
  });
}
