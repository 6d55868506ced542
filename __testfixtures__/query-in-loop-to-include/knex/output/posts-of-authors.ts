// page: The posts of each author
// queries: 4 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const users = await knex<User>('users').orderBy('name').limit(50);
  const authorIds = users.map((user) => user.id);
  const allPosts = await knex<Post>('posts')
    .where({ published: true })
    .whereIn('authorId', authorIds)
    .orderBy('title')
    .orderBy('id', 'desc');
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  const result = users.map((user) => {
    // safe: posts.where in a loop → one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    return { name: user.name, posts };
  });
  return result;
}
