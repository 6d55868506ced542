// queries: 9 → 3
import { Comment, Post, User } from './models';

export async function run() {
  const users = await User.find().sort({ name: 1 }).lean();
  const texts: string[] = [];
  const authorIds = users.map((user) => user._id);
  const allPosts = await Post.find({ author: { $in: authorIds } }).sort({ title: 1 }).lean();
  const postsByAuthor = new Map(authorIds.map((key) => [String(key), [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthor.get(String(post.author))?.push(post);
  const postIds = allPosts.map((post) => post._id);
  const allComments = await Comment.find({ post: { $in: postIds } }).sort({ _id: 1 }).lean();
  const commentsByPost = new Map(postIds.map((key) => [String(key), [] as typeof allComments]));
  for (const comment of allComments) commentsByPost.get(String(comment.post))?.push(comment);
  for (const user of users) {
    // safe: Post.find, Comment.find
    const posts = postsByAuthor.get(String(user._id)) ?? [];
    for (const post of posts) {
      const comments = commentsByPost.get(String(post._id)) ?? [];
      for (const { text } of comments) texts.push(`${user.name}/${post.title}: ${text}`);
    }
  }
  return texts;
}
