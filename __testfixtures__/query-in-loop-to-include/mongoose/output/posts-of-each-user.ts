// page: The posts of each user
// queries: 5 → 2
import { Post, User } from './models';

export async function run() {
  const users = await User.find({}).sort('name').lean();
  const titles: Record<string, string[]> = {};
  const authorIds = users.map((user) => user._id);
  const allPosts = await Post.find({ author: { $in: authorIds }, isPublished: true }).sort({ title: -1 }).lean().exec();
  const postsByAuthor = new Map(authorIds.map((key) => [String(key), [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthor.get(String(post.author))?.push(post);
  for (const user of users) {
    // safe: Each turn has a `user._id` of its own
    const posts = postsByAuthor.get(String(user._id)) ?? [];
    titles[user.name] = posts.map((post) => `${post.title} ${post.price ?? '-'}`);
  }
  return titles;
}
