import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function inAnObject() {
  // safe: 3 awaits in a row → Promise.all
  return {
    users: await db.user.count(),
    posts: await db.post.count(),
    'other things': await db.thing.count(),
  };
}

export async function inAnArray() {
  // safe: 2 awaits in a row → Promise.all
  const counts = [await db.user.count(), await db.post.count()];
  return counts;
}

export async function inArguments() {
  // safe: 2 awaits in a row → Promise.all
  return Math.max(await db.user.count(), await db.post.count());
}

export async function inATemplate() {
  // safe: 2 awaits in a row → Promise.all
  return `${await db.user.count()} users, ${await db.post.count()} posts`;
}

export async function inATest() {
  // safe: 2 awaits in a row → Promise.all
  if ((await db.user.count()) > (await db.post.count())) return 'more users';
  return 'more posts';
}

export async function conditional(wants: boolean) {
  // ok: the second is not always made
  return [await db.user.count(), wants ? await db.post.count() : 0];
}

export async function after() {
  // safe: 2 awaits in a row → Promise.all
  const users = await db.user.findMany();
  return { users, posts: await db.post.findMany() };
}

export async function partOfAResult() {
  // safe: 2 awaits in a row → Promise.all
  const first = (await db.user.findMany())[0];
  const { length } = await db.post.findMany();
  return { first, length };
}
