import { prisma } from './db';


export async function afterGuard(options?: { kind: string }) {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  if (!options) return users.map((user) => user.name);
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: options.kind },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export async function inCase(mode: string) {
  const out: string[] = [];
  switch (mode) {
    case 'seed':
      const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
      await prisma.post.create({ data: { id: 9, title: 'new', kind: 'live', authorId: 3 } });
      const authorIds = users.map((user) => user.id);
      const allPosts = await prisma.post.findMany({
        where: { authorId: { in: authorIds } },
        orderBy: { id: 'asc' },
      });
      const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
      for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
      for (const user of users) {
        // safe: one query
        const posts = postsByAuthorId.get(user.id) ?? [];
        out.push(...posts.map((post) => post.title));
      }
      break;
    default:
  }
  return out;
}

export async function setByFunction() {
  let kind = 'live';
  const setDraft = () => {
    kind = 'draft';
  };
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  setDraft();
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export async function filteredLater(onlyLive: boolean) {
  const filter: { kind?: string } = {};
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  if (onlyLive) filter.kind = 'live';
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { ...filter, authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export async function assignedLater() {
  const state = { kind: 'live' };
  const toDraft = () => Object.assign(state, { kind: 'draft' });
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  toDraft();
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: state.kind },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

/** Prisma sends the query where its promise is waited for. */
export async function sentLater() {
  const create = prisma.post.create({ data: { id: 9, title: 'new', kind: 'live', authorId: 3 } });
  const users = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 20,
    include: { posts: { orderBy: { id: 'asc' } } },
  });
  await create;
  const out: string[] = [];
  for (const user of users) {
    // review: What is waited for before the loop writes nothing that is loaded before it now
    const posts = user.posts;
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export class Report {
  private kind = 'live';

  async titles() {
    const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
    await this.load();
    const out: string[] = [];
    const authorIds = users.map((user) => user.id);
    const allPosts = await prisma.post.findMany({
      where: { authorId: { in: authorIds }, kind: this.kind },
      orderBy: { id: 'asc' },
    });
    const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
    for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
    for (const user of users) {
      // safe: one query
      const posts = postsByAuthorId.get(user.id) ?? [];
      out.push(...posts.map((post) => post.title));
    }
    return out;
  }

  private async load() {
    this.kind = 'draft';
  }
}

export async function orderedLater() {
  const orderBy: { id: 'asc' | 'desc' }[] = [];
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  orderBy.push({ id: 'desc' });
  const out: unknown[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy,
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(posts.length);
  }
  return out;
}

export async function guardedInTurn(kinds?: { live: string }) {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: unknown[] = [];
  for (const user of users) {
    if (!kinds) {
      out.push(user.name);
      continue;
    }
    // report: whether it is there is not known before the loop
    const posts = await prisma.post.findMany({ where: { authorId: user.id, kind: kinds.live }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return out;
}

/** The list of writes is sent between the queries. */
export async function writtenTogether() {
  const writes = [prisma.post.create({ data: { id: 70, title: 'j', kind: 'live', authorId: 1 } })];
  const users = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 20,
    include: { posts: { orderBy: { id: 'asc' } } },
  });
  await prisma.$transaction(writes);
  const out: unknown[] = [];
  for (const user of users) {
    // review: What is waited for before the loop writes nothing that is loaded before it now
    const posts = user.posts;
    out.push(posts.length);
  }
  return out;
}

/** The first loop turns round what it gets. */
export async function twice() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    posts.reverse();
    out.push(...posts.map((post) => post.title));
  }
  const uniqueAuthorIds = users.map((user) => user.id);
  const allPosts2 = await prisma.post.findMany({
    where: { authorId: { in: uniqueAuthorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId2 = new Map(uniqueAuthorIds.map((id) => [id, [] as typeof allPosts2]));
  for (const post of allPosts2) postsByAuthorId2.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId2.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

const config = {
  get kind() {
    return process.env['KIND'] ?? 'live';
  },
};

/** What a getter gives is set in between. */
export async function configured() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  process.env['KIND'] = 'draft';
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: config.kind },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export async function setInEnvironment() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  process.env['KIND'] = 'draft';
  const out: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: process.env['KIND'] ?? 'live' },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

interface Context {
  readonly tenant?: { kind: string };
}

function assertTenant(context: Context): asserts context is { tenant: { kind: string } } {
  if (!context.tenant) throw new RangeError('no tenant');
}

/** What the query is told is there only behind the check. */
export async function asserted(context: Context) {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  assertTenant(context);
  const out: number[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds }, kind: context.tenant.kind },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(posts.length);
  }
  return out;
}

/** Members of an account of which nothing is set, and nobody refuses: as before. */
export async function steady(account: { readonly kind: string }) {
  const users = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 20,
    include: {
      posts: { where: { kind: account.kind }, orderBy: { id: 'asc' } },
    },
  });
  const out: number[] = [];
  for (const user of users) {
    // safe: eager loading
    const posts = user.posts;
    out.push(posts.length);
  }
  return out;
}
