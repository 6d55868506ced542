import { prisma } from './db';


export async function afterGuard(options?: { kind: string }) {
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

export async function inCase(mode: string) {
  const out: string[] = [];
  switch (mode) {
    case 'seed':
      const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
      await prisma.post.create({ data: { id: 9, title: 'new', kind: 'live', authorId: 3 } });
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

export async function setByFunction() {
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

export async function filteredLater(onlyLive: boolean) {
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

export async function assignedLater() {
  const state = { kind: 'live' };
  const toDraft = () => Object.assign(state, { kind: 'draft' });
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  toDraft();
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, kind: state.kind },
      orderBy: { id: 'asc' },
    });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

/** Prisma sends the query where its promise is waited for. */
export async function sentLater() {
  const create = prisma.post.create({ data: { id: 9, title: 'new', kind: 'live', authorId: 3 } });
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  await create;
  const out: string[] = [];
  for (const user of users) {
    // review: What is waited for before the loop writes nothing that is loaded before it now
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
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
    for (const user of users) {
      // safe: one query
      const posts = await prisma.post.findMany({ where: { authorId: user.id, kind: this.kind }, orderBy: { id: 'asc' } });
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
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy });
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
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  await prisma.$transaction(writes);
  const out: unknown[] = [];
  for (const user of users) {
    // review: What is waited for before the loop writes nothing that is loaded before it now
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return out;
}

/** The first loop turns round what it gets. */
export async function twice() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    posts.reverse();
    out.push(...posts.map((post) => post.title));
  }
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
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
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id, kind: config.kind }, orderBy: { id: 'asc' } });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

export async function setInEnvironment() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  process.env['KIND'] = 'draft';
  const out: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, kind: process.env['KIND'] ?? 'live' },
      orderBy: { id: 'asc' },
    });
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
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, kind: context.tenant.kind },
      orderBy: { id: 'asc' },
    });
    out.push(posts.length);
  }
  return out;
}

/** Members of an account of which nothing is set, and nobody refuses: as before. */
export async function steady(account: { readonly kind: string }) {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: number[] = [];
  for (const user of users) {
    // safe: eager loading
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, kind: account.kind },
      orderBy: { id: 'asc' },
    });
    out.push(posts.length);
  }
  return out;
}
