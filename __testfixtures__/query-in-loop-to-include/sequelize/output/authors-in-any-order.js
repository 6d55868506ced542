const { Post, User } = require('./db');

async function bylinesOf(status) {
  const posts = await Post.findAll({ where: { status }, attributes: ['id', 'authorId'] });
  const bylines = {};
  const authorIds = [...new Set(posts.flatMap((post) => post.authorId ?? []))];
  const authors = await User.findAll({ where: { id: authorIds }, attributes: ['id', 'name'] });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // safe: User.findByPk in a loop → one query
    const author = authorById.get(post.authorId) ?? null;
    bylines[post.id] = author === null ? null : author.name;
  }
  return bylines;
}

// queries: 7 → 4
exports.run = async () => [await bylinesOf('published'), await bylinesOf('draft')];
