import { prisma } from './db';


type AuthorId = number & { readonly brand: 'AuthorId' };

enum Kind {
  Live = 'live',
  Draft = 'draft',
}

/** Rows know nothing of the brand. */
export async function ofBranded(ids: readonly AuthorId[]) {
  const out: number[] = [];
  for (const id of ids) {
    // review: one query
    const posts = await prisma.post.findMany({ where: { authorId: id }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return out;
}

export async function ofKinds(kinds: readonly Kind[]) {
  const out: number[] = [];
  for (const kind of kinds) {
    // review: one query
    const posts = await prisma.post.findMany({ where: { kind }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return out;
}

export async function ofBoth() {
  const out: number[] = [];
  for (const kind of ['live', 'draft'] as const) {
    // review: one query
    const posts = await prisma.post.findMany({ where: { kind }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return out;
}
