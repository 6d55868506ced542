// queries: 4 → 2
import { prisma } from './db';

/** Versions before 7 refuse to load a required relation whose row is gone. */
export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' } });
  const names: (string | undefined)[] = [];
  const authorIds = [...new Set(posts.map((post) => post.authorId))];
  const authors = await prisma.user.findMany({
    where: { id: { in: authorIds } },
  });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // safe: one query
    const author = authorById.get(post.authorId) ?? null;
    names.push(author?.name);
  }
  return names;
}
