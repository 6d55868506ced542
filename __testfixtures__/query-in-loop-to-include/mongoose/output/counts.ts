// page: How many there are of each
// queries: 5 → 2
import { Post, User } from './models';

export async function run() {
  const users = await User.find({ email: { $exists: true } }).sort({ name: 1 });
  const counts: [string, number][] = [];
  const postCounts = await Post.aggregate<{ _id: unknown; count: number }>([
    { $match: { author: { $in: users.map((user) => user._id) }, isPublished: true } },
    { $group: { _id: '$author', count: { $sum: 1 } } },
  ]);
  const postCountByAuthor = new Map(postCounts.map((row) => [String(row._id), row.count]));
  for (const user of users) {
    // safe: Rows are counted for each `author`
    const count = postCountByAuthor.get(String(user._id)) ?? 0;
    counts.push([user.name, count]);
  }
  return counts;
}
