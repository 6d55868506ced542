import { prisma } from './db';


/** The rows are filtered by a callback whose parameter is not called as the element is. */
export async function ofKinds(wanted: readonly { authorId: number; kind: string }[]) {
  const out: number[] = [];
  for (const post of wanted) {
    // safe: one query
    const same = await prisma.post.findMany({ where: { authorId: post.authorId, kind: post.kind } });
    out.push(same.length);
  }
  return out;
}

/** In the block, `author` is what the query gives. */
export async function biographies() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: string[] = [];
  for (const author of users) {
    const { id } = author;
    if (author.name !== '') {
      // safe: one query
      const author = await prisma.profile.findUnique({ where: { userId: id } });
      out.push(author?.bio ?? '?');
    }
  }
  return out;
}

/** The element has no name, and `user` has another meaning. */
export async function orElse(users: readonly { id?: number }[], user: { id: number }) {
  const out: string[] = [];
  for (let i = 0; i < users.length; i++) {
    // safe: one query
    const found = await prisma.user.findUnique({ where: { id: users[i]!.id ?? user.id } });
    out.push(found?.name ?? '?');
  }
  return out;
}
