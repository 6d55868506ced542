const { Post, Comment } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const posts = await Post.findAll({ where: { id: [16, 13, 12, 11, 15] } });
  let total = 0;
  const commentCounts = await Comment.count({ where: { postId: posts.map(({ id }) => id) }, paranoid: false, group: ['postId'] });
  const commentCountByPostId = new Map(commentCounts.map((row) => [row.postId, Number(row.count)]));
  for (const { id } of posts) {
    // safe: Comment.count in a loop → one query
    total += commentCountByPostId.get(id) ?? 0;
  }
  return total;
};
