// queries: 4 → 2
// page: authors of posts
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const posts = await em.find(Post, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lines: string[] = [];
  for (const post of posts) {
    if (!post.author) continue;
    // review: User.findOne in a loop → one query
    const author = await em.findOne(User, post.author.id);
    lines.push(`${post.title} by ${author === null ? 'nobody' : author.name}`);
  }
  return lines;
}
