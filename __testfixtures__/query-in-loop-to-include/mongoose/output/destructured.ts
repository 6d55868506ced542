// queries: 8 → 2
import { Comment, Post } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 }).lean();
  const threads: { title: string; texts: string[] }[] = [];
  const postIds = posts.map(({ _id }) => _id);
  const allComments = await Comment.find({ post: { $in: postIds } }).sort({ text: 1 }).lean();
  const commentsByPost = new Map(postIds.map((key) => [String(key), [] as typeof allComments]));
  for (const comment of allComments) commentsByPost.get(String(comment.post))?.push(comment);
  for (const { _id, title } of posts) {
    // safe: Each turn has a `_id` of its own
    const comments = commentsByPost.get(String(_id)) ?? [];
    threads.push({ title, texts: comments.map(({ text }) => text) });
  }
  return threads;
}
