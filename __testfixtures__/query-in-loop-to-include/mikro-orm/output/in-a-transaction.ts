// queries: 4 → 2
import { orm } from './db';
import { Post, User } from './entities';

export async function run() {
  return await orm.em.fork().transactional(async (em) => {
    const totals: Record<string, number> = {};
    const users = await em.findAll(User, { where: { id: { $gt: 0 } }, orderBy: { id: 'asc' }, limit: 50 });
    const authorIds = users.map(({ id }) => id);
    const allPosts = await em.findAll(Post, { where: { author: { $in: authorIds } }, orderBy: { id: 'asc' } });
    const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
    for (const post of allPosts) postsByAuthorId.get(post.author!.id)?.push(post);
    for (const { id, name } of users) {
      // review: Post.findAll in a loop → one query
      const posts = postsByAuthorId.get(id) ?? [];
      totals[name] = posts.reduce((sum, post) => sum + Number(post.price ?? 0), 0);
    }
    return totals;
  });
}
