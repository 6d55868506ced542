import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function widened() {
  // safe: 2 awaits in a row → Promise.all
  const [users, posts, things] = await Promise.all([
    db.user.count(),
    db.post.count(),
    db.thing.count(),
  ]);
  return { users, posts, things };
}

export async function alone() {
  // ok: they begin together already
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  return { users, posts };
}
