// queries: 5 → 3
import './db';
import { Post, User } from './models';

export async function run() {
  const users = await User.query().orderBy('id').limit(100);
  const counts: number[] = [];
  for (const user of users) {
    // safe: Post.resultSize in a loop → one query
    const count = await Post.query().where('authorId', user.id).where({ published: true }).resultSize();
    counts.push(count);
  }
  const all = await Post.query().resultSize();
  return { counts, all };
}
