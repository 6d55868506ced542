// queries: 6 → 2
import { prisma } from './db';
import type { Post, User } from './generated/prisma/client';

/** The type of the rows does not have what could be included. */
export async function run() {
  const users: User[] = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  const titles: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts: Post[] = postsByAuthorId.get(user.id) ?? [];
    titles.push(...posts.map(({ title }) => title));
  }
  return titles;
}
