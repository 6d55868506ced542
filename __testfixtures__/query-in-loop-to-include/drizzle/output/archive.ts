// queries: 7 → 3
import { and, asc, eq, inArray } from 'drizzle-orm';
import { db } from './db';
import { comments, posts, users } from './schema';

async function commentsOf(names: readonly string[]) {
  const archive: Record<string, string[]> = {};
  const authors = await db.select().from(users).orderBy(asc(users.id)).limit(20);
  const authorIds = authors.map((author) => author.id);
  const allPosts = await db
    .select({ authorId: posts.authorId, id: posts.id, title: posts.title })
    .from(posts)
    .where(and(inArray(posts.authorId, authorIds), eq(posts.isPublished, false)))
    .orderBy(asc(posts.id));
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  const postIds = [...new Set(allPosts.map((post) => post.id))];
  const allComments = await db.query.comments.findMany({
    where: inArray(comments.postId, postIds),
    orderBy: asc(comments.id),
  });
  const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
  for (const comment of allComments) commentsByPostId.get(comment.postId)?.push(comment);
  for (const author of authors) {
    // review: posts.select
    const written = postsByAuthorId.get(author.id) ?? [];
    for (const post of written) {
      const replies = commentsByPostId.get(post.id) ?? [];
      archive[`${author.name}/${post.title}`] = replies.map((reply) => `${reply.id} ${reply.body}`);
    }
  }
  return names.map((name) => archive[name] ?? null);
}

export async function run() {
  return commentsOf(['Bob/a', 'Ann/a', 'Ann/z']);
}
