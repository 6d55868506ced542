// queries: 8 → 4
import { orm } from './db';
import { Comment, Post, User } from './entities';
import { raw } from '@mikro-orm/postgresql';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const counts = new Map<string, number>();
  const postCounts = await em
    .createQueryBuilder(Post)
    .select(['author', raw('count(*) as count')])
    .where({ author: { id: { $in: users.map((user) => user.id) } }, published: true })
    .groupBy('author')
    .execute<{ author: number; count: string }[]>();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.author, Number(row.count)]));
  for (const user of users) {
    // safe: Post.count in a loop → one query
    const count = postCountByAuthorId.get(user.id) ?? 0;
    counts.set(user.name, count);
  }
  const comments = em.getRepository(Comment);
  const commentCounts = await comments
    .createQueryBuilder()
    .select(['user', raw('count(*) as count')])
    .where({ user: { $in: users.map((user) => user.id) } })
    .groupBy('user')
    .execute<{ user: number; count: string }[]>();
  const commentCountByUserId = new Map(commentCounts.map((row) => [row.user, Number(row.count)]));
  const commented = users.map((user) => {
    // review: Comment.count in a loop → one query
    const count = commentCountByUserId.get(user.id) ?? 0;
    return { id: user.id, count };
  });
  const all = await em.count(Post);
  return { counts: [...counts], commented, all };
}
