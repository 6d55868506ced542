import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

class Importer {
  total = 0;
  private last: string | null = null;

  async countUsers() {
    this.total = await db.user.count();
    return this.total;
  }

  async describe() {
    const posts = await db.post.count();
    return `${posts} of ${this.total}`;
  }

  async run() {
    // report: writes `Importer.total`
    const users = await this.countUsers();
    const text = await this.describe();
    return { users, text };
  }

  async two() {
    // review: Nobody minds that `this.remember` changes `Importer.last` although what runs beside it fails
    const [posts, name] = await Promise.all([db.post.count(), this.remember()]);
    return { posts, name };
  }

  private async remember() {
    const user = await db.user.findFirst();
    this.last = user?.name ?? null;
    return this.last;
  }
}

async function fill(target: { names?: string[] }) {
  const users = await db.user.findMany();
  target.names = users.map(({ name }) => name);
  return users.length;
}

async function show(source: { names?: string[] }) {
  const posts = await db.post.count();
  return `${source.names?.length} ${posts}`;
}

export async function throughAnArgument() {
  const shared = {};
  // report: writes the property `names`
  const count = await fill(shared);
  const text = await show(shared);
  return { count, text };
}

async function own() {
  const rows = await db.user.findMany();
  const names: string[] = [];
  for (const row of rows) names.push(row.name);
  rows.sort();
  return names;
}

export async function ofItsOwn() {
  // safe: 2 awaits in a row → Promise.all
  const [names, more] = await Promise.all([own(), own()]);
  return [...names, ...more];
}

let checkedAt = 0;

async function check(id: number) {
  const user = await db.user.findUnique({ where: { id } });
  checkedAt = id;
  return user;
}

export const lastCheck = () => checkedAt;

export async function changedWhenAnotherFails(id: number) {
  // review: Nobody minds that `check` may not have changed the variable `checkedAt` yet when
  const [user, posts] = await Promise.all([check(id), db.post.findMany()]);
  return { user, posts };
}
