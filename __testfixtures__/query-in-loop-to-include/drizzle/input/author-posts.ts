// page: The posts of each author
// queries: 5 → 1
import { desc } from 'drizzle-orm';
import { db } from './db';

export async function run() {
  const authors = await db.query.users.findMany({
    columns: { id: true, name: true },
    orderBy: (table, { asc }) => [asc(table.name)],
  });
  const feed: string[] = [];
  for (const author of authors) {
    // review: posts.findMany in a loop → eager loading
    const published = await db.query.posts.findMany({
      where: (table, { and, eq }) => and(eq(table.authorId, author.id), eq(table.isPublished, true)),
      columns: { title: true, createdAt: true },
      orderBy: (table) => [desc(table.createdAt), desc(table.id)],
    });
    for (const post of published) feed.push(`${author.name} ${post.createdAt.toISOString()} ${post.title}`);
  }
  return feed;
}
