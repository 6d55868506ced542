import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function changedLater() {
  // safe: 2 awaits in a row → Promise.all
  let total = await db.user.count();
  const posts = await db.post.count();
  total += posts;
  return total;
}

export async function neverChanged() {
  // safe: 2 awaits in a row → Promise.all
  let users = await db.user.count();
  const posts = await db.post.count();
  return { users, posts };
}

export async function both() {
  // safe: 2 awaits in a row → Promise.all
  let users = await db.user.count();
  let posts = await db.post.count();
  users += 1;
  posts += 1;
  return { users, posts };
}

export async function apart() {
  // safe: 2 awaits in a row → Promise.all
  const { length, ...rest } = await db.user.findMany();
  const [first = null] = await db.post.findMany();
  return { length, rest, first };
}

export async function typed() {
  // safe: 2 awaits in a row → Promise.all
  const users: number = await db.user.count();
  const posts: number = await db.post.count();
  return { users, posts };
}

export async function inOneDeclaration() {
  // safe: 2 awaits in a row → Promise.all
  const users = await db.user.count(),
    posts = await db.post.count();
  return { users, posts };
}
