// queries: 6 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const posts = await knex<Post>('posts').orderBy('title').orderBy('id').limit(100);
  const names: string[] = [];
  const authorIds = [...new Set(posts.flatMap((post) => post.authorId ?? []))];
  const authors = await knex<User>('users').whereIn('id', authorIds);
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    if (post.authorId == null) continue;
    // safe: users.first in a loop → one query
    const author = authorById.get(post.authorId);
    names.push(`${post.id}: ${author ? author.name : null}`);
  }
  return names;
}
