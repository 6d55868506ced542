import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function page() {
  // Everybody who ever signed up.
  // safe: 3 awaits in a row → Promise.all
  const [users, posts, things] = await Promise.all([
    // without the deleted ones
    db.user.count(),
    // Get the posts.
    db.post.count(),
    /* And the rest. */
    // all of them
    db.thing.count(),
  ]);

  // What is shown.
  return { users, posts, things };
}
