// queries: 7 → 3
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const summary: string[] = [];
  const authorIds = users.map(({ id }) => id);
  const allPosts = await knex<Post>('posts').select('authorId', 'title', 'price').whereIn('authorId', authorIds).orderBy('id');
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  const accounts = await knex<User>('users').whereIn('email', users.map(({ email }) => email)).select('email', 'name as address');
  const accountByEmail = new Map(accounts.map((account) => [account.email, account]));
  for (const { id, email } of users) {
    // safe: posts.where, users.first in a loop → one query
    const posts = postsByAuthorId.get(id) ?? [];
    const account = accountByEmail.get(email);
    const titles = posts.map((post) => `${post.title} ${post.price}`);
    summary.push(`${account?.address}: ${titles.join(', ')}`);
  }
  return summary;
}
