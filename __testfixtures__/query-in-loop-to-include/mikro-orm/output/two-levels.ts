// queries: 8 → 3
import { orm } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lines: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await em.find(Post, { author: { $in: authorIds } }, { orderBy: { id: 'asc' } });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.author!.id)?.push(post);
  const postIds = [...new Set(allPosts.map((post) => post.id))];
  const allComments = await em.find(Comment, { post: { $in: postIds } }, { orderBy: { id: 'asc' } });
  const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
  for (const comment of allComments) commentsByPostId.get(comment.post!.id)?.push(comment);
  for (const user of users) {
    // review: Post.find, Comment.find in a loop → one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    for (const post of posts) {
      const comments = commentsByPostId.get(post.id) ?? [];
      for (const comment of comments) lines.push(`${user.name} ${post.title} ${comment.body}`);
    }
  }
  return lines;
}
