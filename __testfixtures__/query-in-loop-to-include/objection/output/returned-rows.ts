// queries: 5 → 2
import './db';
import { Comment, User } from './models';

export async function run() {
  const comments = await Comment.query().orderBy('id').limit(20);
  const userIds = [...new Set(comments.flatMap((comment) => comment.userId ?? []))];
  const users = await User.query().whereIn('id', userIds).select('name', 'id');
  const userById = new Map(users.map((user) => [user.id, user]));
  return comments.map((comment) => {
    // review: may share one object
    const user = comment.userId ? userById.get(comment.userId) : undefined;
    return { ...comment, by: user };
  });
}
