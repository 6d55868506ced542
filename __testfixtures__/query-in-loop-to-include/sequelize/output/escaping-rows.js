const { Post, User } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const posts = await Post.findAll({ order: [['id', 'ASC']] });
  const result = [];
  const authorIds = [...new Set(posts.flatMap((post) => post.authorId ?? []))];
  const authors = await User.findAll({ where: { id: authorIds } });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // review: Turns with the same `post.authorId` may share one object: nobody changes it after it is handed on
    const author = authorById.get(post.authorId) ?? null;
    result.push({ ...post.toJSON(), author });
  }
  return result;
};
