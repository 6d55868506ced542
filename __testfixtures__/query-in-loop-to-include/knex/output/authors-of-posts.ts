// page: The author of each post
// queries: 7 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const posts = await knex<Post>('posts').orderBy('id').limit(100);
  const lines: string[] = [];
  const authorIds = [...new Set(posts.flatMap((post) => post.authorId ?? []))];
  const authors = await knex<User>('users').whereIn('id', authorIds);
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // review: `first` finds the rows without one
    const author = post.authorId == null ? undefined : authorById.get(post.authorId);
    lines.push(`${post.title} by ${author?.name ?? 'nobody'}${author === undefined ? '!' : ''}`);
  }
  return lines;
}
