// page: The author of each post
// queries: 7 → 1
import { asc } from 'drizzle-orm';
import { db } from './db';
import { posts } from './schema';

export async function run() {
  const found = await db.query.posts.findMany({ orderBy: asc(posts.id), with: { author: true } });
  const lines = [];
  for (const post of found) {
    // review: users.findFirst in a loop → eager loading
    const author = post.authorId ? post.author ?? undefined : null;
    lines.push({ title: post.title, author: author?.name, isKnown: author !== undefined });
  }
  return lines;
}
