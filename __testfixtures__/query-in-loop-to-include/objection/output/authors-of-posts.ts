// page: The author of each post
// queries: 7 → 2
import './db';
import { Post, User } from './models';

export async function run() {
  const posts = await Post.query().orderBy('id').limit(100);
  const lines: string[] = [];
  const authorIds = [...new Set(posts.flatMap((post) => post.authorId ?? []))];
  const authors = await User.query().findByIds(authorIds);
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // safe: User.findById in a loop → one query
    const author = authorById.get(post.authorId!);
    lines.push(`${post.title} by ${author === undefined ? 'nobody' : author.name}`);
  }
  return lines;
}
