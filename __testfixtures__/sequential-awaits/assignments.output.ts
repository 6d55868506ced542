import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export class Counts {
  users = 0;
  posts = 0;

  async load() {
    // review: Nobody sees `this.users` when a call after `db.user.count` fails
    [this.users, this.posts] = await Promise.all([
      db.user.count(),
      db.post.count(),
    ]);
  }
}

export async function locals(wants: boolean) {
  let users;
  let posts;
  if (wants) {
    // safe: 2 awaits in a row → Promise.all
    [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  }
  return { users, posts };
}

export async function seenInACatch() {
  let users = 0;
  try {
    // review: Nobody sees `users` when a call after `db.user.count` fails
    const [userCount, posts] = await Promise.all([
      db.user.count(),
      db.post.count(),
    ]);
    users = userCount;
    return posts;
  } catch {
    return users;
  }
}
