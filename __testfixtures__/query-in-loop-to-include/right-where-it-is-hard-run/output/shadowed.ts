// queries: 9 → 4
import { prisma } from './db';

const wanted = [
  { authorId: 1, kind: 'live' },
  { authorId: 1, kind: 'none' },
  { authorId: 9, kind: 'live' },
];
const chosen: { id?: number }[] = [{}, { id: 1 }];

/** Names that mean something else in the turns. */
export async function run() {
  const out: (string | number)[] = [];
  const authorIds = [...new Set(wanted.map((post) => post.authorId))];
  const kinds = [...new Set(wanted.map((post) => post.kind))];
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: { in: kinds } },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const row of allPosts) postsByAuthorId.get(row.authorId)?.push(row);
  for (const post of wanted) {
    // safe: one query
    const same = (postsByAuthorId.get(post.authorId) ?? []).filter((row) => row.kind === post.kind);
    out.push(same.length);
  }
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' } });
  const authors = await prisma.profile.findMany({
    where: { userId: { in: users.map((author) => author.id) } },
  });
  const authorByUserId = new Map(authors.map((author) => [author.userId, author]));
  for (const author of users) {
    const { id } = author;
    if (author.name !== '') {
      // safe: one query
      const author = authorByUserId.get(id) ?? null;
      out.push(author?.bio ?? '?');
    }
  }
  const user = { id: 2 };
  const foundIds = [...new Set(chosen.map((element) => element!.id ?? user.id))];
  const founds = await prisma.user.findMany({
    where: { id: { in: foundIds } },
  });
  const foundById = new Map(founds.map((found) => [found.id, found]));
  for (let i = 0; i < chosen.length; i++) {
    // safe: one query
    const found = foundById.get(chosen[i]!.id ?? user.id) ?? null;
    out.push(found?.name ?? '?');
  }
  return out;
}
