import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function inAnObject() {
  // safe: 3 awaits in a row → Promise.all
  const [users, posts, thingCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
    db.thing.count(),
  ]);
  return {
    users,
    posts,
    'other things': thingCount,
  };
}

export async function inAnArray() {
  // safe: 2 awaits in a row → Promise.all
  const [userCount, postCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  const counts = [userCount, postCount];
  return counts;
}

export async function inArguments() {
  // safe: 2 awaits in a row → Promise.all
  const [userCount, postCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  return Math.max(userCount, postCount);
}

export async function inATemplate() {
  // safe: 2 awaits in a row → Promise.all
  const [userCount, postCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  return `${userCount} users, ${postCount} posts`;
}

export async function inATest() {
  // safe: 2 awaits in a row → Promise.all
  const [userCount, postCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  if (userCount > postCount) return 'more users';
  return 'more posts';
}

export async function conditional(wants: boolean) {
  // ok: the second is not always made
  return [await db.user.count(), wants ? await db.post.count() : 0];
}

export async function after() {
  // safe: 2 awaits in a row → Promise.all
  const [users, posts] = await Promise.all([
    db.user.findMany(),
    db.post.findMany(),
  ]);
  return { users, posts };
}

export async function partOfAResult() {
  // safe: 2 awaits in a row → Promise.all
  const [users, { length }] = await Promise.all([
    db.user.findMany(),
    db.post.findMany(),
  ]);
  const first = users[0];
  return { first, length };
}
