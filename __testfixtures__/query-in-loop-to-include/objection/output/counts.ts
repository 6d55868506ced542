// queries: 5 → 3
import './db';
import { Post, User } from './models';

export async function run() {
  const users = await User.query().orderBy('id').limit(100);
  const counts: number[] = [];
  const postCounts = await Post.query()
    .whereIn('authorId', users.map((user) => user.id))
    .where({ published: true })
    .select('authorId')
    .count('* as count')
    .groupBy('authorId')
    .castTo<(Pick<Post, 'authorId'> & { count: string })[]>();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  for (const user of users) {
    // safe: Post.resultSize in a loop → one query
    const count = postCountByAuthorId.get(user.id) ?? 0;
    counts.push(count);
  }
  const all = await Post.query().resultSize();
  return { counts, all };
}
