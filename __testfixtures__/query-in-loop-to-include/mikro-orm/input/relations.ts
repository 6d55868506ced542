// queries: 8 → 4
import { orm } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' } });
  const titles: string[] = [];
  for (const user of users) {
    // review: User.posts in a loop → eager loading
    const posts = await user.posts.loadItems();
    titles.push(posts.map((post) => post.title).join(' '));
  }
  const other = orm.em.fork();
  const comments = await other.find(Comment, { id: { $gt: 20 } }, { orderBy: { id: 'asc' } });
  const bodies: string[] = [];
  for (const comment of comments) {
    // review: Comment.post in a loop → eager loading
    const post = await comment.post.load();
    bodies.push(`${comment.body} on ${post?.title}`);
  }
  return { titles, bodies };
}
