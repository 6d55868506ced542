import { prisma } from './db';


type AuthorId = number & { readonly brand: 'AuthorId' };

enum Kind {
  Live = 'live',
  Draft = 'draft',
}

/** Rows know nothing of the brand. */
export async function ofBranded(ids: readonly AuthorId[]) {
  const out: number[] = [];
  const authorIds = [...new Set(ids)];
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map<(typeof allPosts)[number]['authorId'], typeof allPosts>(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const id of ids) {
    // review: one query
    const posts = postsByAuthorId.get(id) ?? [];
    out.push(posts.length);
  }
  return out;
}

export async function ofKinds(kinds: readonly Kind[]) {
  const out: number[] = [];
  const uniqueKinds = [...new Set(kinds)];
  const allPosts = await prisma.post.findMany({
    where: { kind: { in: uniqueKinds } },
    orderBy: { id: 'asc' },
  });
  const postsByKind = new Map<(typeof allPosts)[number]['kind'], typeof allPosts>(uniqueKinds.map((key) => [key, []]));
  for (const post of allPosts) postsByKind.get(post.kind)?.push(post);
  for (const kind of kinds) {
    // review: one query
    const posts = postsByKind.get(kind) ?? [];
    out.push(posts.length);
  }
  return out;
}

export async function ofBoth() {
  const out: number[] = [];
  const kinds = ['live', 'draft'] as const;
  const uniqueKinds = [...new Set(kinds)];
  const allPosts = await prisma.post.findMany({
    where: { kind: { in: uniqueKinds } },
    orderBy: { id: 'asc' },
  });
  const postsByKind = new Map<(typeof allPosts)[number]['kind'], typeof allPosts>(uniqueKinds.map((key) => [key, []]));
  for (const post of allPosts) postsByKind.get(post.kind)?.push(post);
  for (const kind of kinds) {
    // review: one query
    const posts = postsByKind.get(kind) ?? [];
    out.push(posts.length);
  }
  return out;
}
