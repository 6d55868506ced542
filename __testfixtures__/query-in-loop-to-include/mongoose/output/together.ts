// queries: 8 → 2
import { Post, User } from './models';

export async function run() {
  const posts = await Post.find().sort({ _id: 1 }).lean();
  const authors = await User.find({ _id: { $in: posts.flatMap((post) => post.author ?? []) } }).select({ name: 1, email: 1 });
  const authorById = new Map(authors.map((author) => [String(author._id), author]));
  const rows = posts.map((post) => {
    // safe: `post.author` is an id
    const author = authorById.get(String(post.author)) ?? null;
    return { title: post.title, by: author?.name ?? null };
  });
  return rows.filter(({ by }) => by !== 'Bob');
}
