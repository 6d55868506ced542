import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function changedLater() {
  // safe: 2 awaits in a row → Promise.all
  const [totalResult, posts] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  let total = totalResult;
  total += posts;
  return total;
}

export async function neverChanged() {
  // safe: 2 awaits in a row → Promise.all
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  return { users, posts };
}

export async function both() {
  // safe: 2 awaits in a row → Promise.all
  let [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  users += 1;
  posts += 1;
  return { users, posts };
}

export async function apart() {
  // safe: 2 awaits in a row → Promise.all
  const [{ length, ...rest }, [first = null]] = await Promise.all([
    db.user.findMany(),
    db.post.findMany(),
  ]);
  return { length, rest, first };
}

export async function typed() {
  // safe: 2 awaits in a row → Promise.all
  const [users, posts]: [number, number] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  return { users, posts };
}

export async function inOneDeclaration() {
  // safe: 2 awaits in a row → Promise.all
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  return { users, posts };
}
