import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function mayBeMissing(id: number) {
  const users = await db.user.findMany({ where: { id } });
  if (users.length > 9) return null;
  const [user] = users;
  // review: `user` is there when its property is read
  const [pages, posts] = await Promise.all([
    db.page.findMany(),
    db.post.findMany({ where: { userId: user.id } }),
  ]);
  return { user, pages, posts };
}

export async function isThere(id: number) {
  const user = await db.user.findUnique({ where: { id } });
  if (!user) throw new Error('nobody');
  // safe: 2 awaits in a row → Promise.all
  const [things, posts] = await Promise.all([
    db.thing.findMany(),
    db.post.findMany({ where: { userId: user.id } }),
  ]);
  return { user, things, posts };
}

export async function parses(text: string) {
  // review: `JSON.parse` does not throw here
  const [things, posts] = await Promise.all([
    db.thing.findMany(),
    db.post.findMany({ where: JSON.parse(text) }),
  ]);
  return { things, posts };
}

export async function readOnlyInBetween(rows: any[]) {
  // review: `rows[9]` is there when its property is read
  const [first, second, third] = await Promise.all([
    db.user.findMany(),
    db.post.findMany({ where: { name: rows[9].name } }),
    db.post.findMany({ where: { title: rows[9].name } }),
  ]);
  return { first, second, third };
}

export async function readBehindACondition(other: any) {
  const row = other.row();
  if (row && other.isOpen(row.name)) console.log('open');
  // review: `row` is there when its property is read
  const [users, posts] = await Promise.all([
    db.user.findMany(),
    db.post.findMany({ where: { title: row.name } }),
  ]);
  return { users, posts };
}
