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
  for (const post of wanted) {
    // safe: one query
    const same = await prisma.post.findMany({ where: { authorId: post.authorId, kind: post.kind } });
    out.push(same.length);
  }
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' } });
  for (const author of users) {
    const { id } = author;
    if (author.name !== '') {
      // safe: one query
      const author = await prisma.profile.findUnique({ where: { userId: id } });
      out.push(author?.bio ?? '?');
    }
  }
  const user = { id: 2 };
  for (let i = 0; i < chosen.length; i++) {
    // safe: one query
    const found = await prisma.user.findUnique({ where: { id: chosen[i]!.id ?? user.id } });
    out.push(found?.name ?? '?');
  }
  return out;
}
