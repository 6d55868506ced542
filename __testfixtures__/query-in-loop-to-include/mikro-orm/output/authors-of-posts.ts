// queries: 4 → 2
// page: authors of posts
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const posts = await em.find(Post, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lines: string[] = [];
  const authorIds = [...new Set(posts.flatMap((post) => post.author?.id ?? []))];
  const authors = await em.find(User, { id: { $in: authorIds } });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    if (!post.author) continue;
    // review: User.findOne in a loop → one query
    const author = authorById.get(post.author.id) ?? null;
    lines.push(`${post.title} by ${author === null ? 'nobody' : author.name}`);
  }
  return lines;
}
