// queries: 11 → 3
import mongoose from 'mongoose';
import { Comment, Post, User } from './models';

export async function run() {
  return mongoose.connection.transaction(async (session) => {
    const comments = await Comment.find().sort({ _id: 1 }).session(session);
    const seen: string[] = [];
    const authorIds = comments.flatMap((comment) => comment.author ?? []);
    const authors = await User.find({ _id: { $in: authorIds } }).session(session);
    const authorById = new Map(authors.map((author) => [String(author._id), author]));
    const posts = await Post.find({ _id: { $in: comments.flatMap((comment) => comment.post ?? []) } }, null, { session, lean: true });
    const postById = new Map(posts.map((post) => [String(post._id), post]));
    for (const comment of comments) {
      // safe: 2 queries
      const author = authorById.get(String(comment.author)) ?? null;
      const post = postById.get(String(comment.post)) ?? null;
      seen.push(`${author?.label ?? 'somebody'} on ${post?.title ?? 'a lost post'}: ${comment.text}`);
    }
    return seen;
  });
}
