// page: How many comments each post has
const { Post, Comment } = require('./db');

// queries: 7 → 2
exports.run = async () => {
  const posts = await Post.findAll({ order: [['id', 'ASC']] });
  const commentCounts = await Comment.count({ where: { postId: posts.map((post) => post.id) }, group: ['postId'] });
  const commentCountByPostId = new Map(commentCounts.map((row) => [row.postId, Number(row.count)]));
  const counted = posts.map((post) => {
    // safe: Comment.count in a loop → one query
    const comments = commentCountByPostId.get(post.id) ?? 0;
    return { title: post.title, comments };
  });
  return counted;
};
