import { prisma } from './db';


/** The rows are filtered by a callback whose parameter is not called as the element is. */
export async function ofKinds(wanted: readonly { authorId: number; kind: string }[]) {
  const out: number[] = [];
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
  return out;
}

/** In the block, `author` is what the query gives. */
export async function biographies() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: string[] = [];
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
  return out;
}

/** The element has no name, and `user` has another meaning. */
export async function orElse(users: readonly { id?: number }[], user: { id: number }) {
  const out: string[] = [];
  const foundIds = [...new Set(users.map((element) => element!.id ?? user.id))];
  const founds = await prisma.user.findMany({
    where: { id: { in: foundIds } },
  });
  const foundById = new Map(founds.map((found) => [found.id, found]));
  for (let i = 0; i < users.length; i++) {
    // safe: one query
    const found = foundById.get(users[i]!.id ?? user.id) ?? null;
    out.push(found?.name ?? '?');
  }
  return out;
}
