// page: The author of each post
// queries: 8 → 2
import { Post, User } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 });
  const lines: string[] = [];
  const authors = await User.find({ _id: { $in: posts.flatMap((post) => post.author ?? []) } });
  const authorById = new Map(authors.map((author) => [String(author._id), author]));
  for (const post of posts) {
    // safe: `post.author` is an id, which is looked up by its text
    const author = authorById.get(String(post.author)) ?? null;
    lines.push(`${post.title}: ${author?.name ?? 'nobody'}`);
  }
  return lines;
}
