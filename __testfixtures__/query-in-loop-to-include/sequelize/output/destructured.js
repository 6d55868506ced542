const { Op } = require('sequelize');
const { Comment, Post } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const comments = await Comment.findAll({ order: [['id', 'DESC']] });
  const lines = [];
  const postIds = [...new Set(comments.map(({ postId }) => postId))];
  const posts = await Post.findAll({
    where: { id: { [Op.in]: postIds }, [Op.or]: [{ status: 'published' }, { price: null }] },
  });
  const postById = new Map(posts.map((post) => [post.id, post]));
  for (const { postId, body } of comments) {
    // safe: Post.findOne in a loop → one query
    const post = postById.get(postId) ?? null;
    lines.push(`${body}: ${post?.title ?? '-'} ${post?.price ?? '-'}`);
  }
  return lines;
};
