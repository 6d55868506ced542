// queries: 10 → 3
import { Comment, Post } from './models';

export async function run() {
  const posts = await Post.find().sort({ title: 1 });
  const names: string[][] = [];
  const postIds = posts.map((post) => post._id);
  const allComments = await Comment.find({ post: { $in: postIds } })
    .sort({ text: 1 })
    .populate<{ author: { name: string } | null }>('author', 'name');
  const commentsByPost = new Map(postIds.map((key) => [String(key), [] as typeof allComments]));
  for (const comment of allComments) commentsByPost.get(String(comment.post))?.push(comment);
  for (const post of posts) {
    // safe: `post._id` is an id
    const comments = commentsByPost.get(String(post._id)) ?? [];
    names.push(comments.map((comment) => comment.author?.name ?? '?'));
  }
  return names;
}
