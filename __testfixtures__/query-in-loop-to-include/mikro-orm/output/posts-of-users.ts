// queries: 4 → 2
// page: posts of users
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { name: 'asc' }, limit: 100 });
  const report = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await em.find(
    Post,
    { author: { $in: authorIds }, published: true },
    { orderBy: { title: 'asc', id: 'desc' } },
  );
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.author!.id)?.push(post);
  for (const user of users) {
    // review: Post.find in a loop → one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    report.push({ name: user.name, titles: posts.map((post) => post.title), prices: posts.map((post) => post.price) });
  }
  return report;
}
