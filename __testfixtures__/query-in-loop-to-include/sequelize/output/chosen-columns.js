const { Comment, User } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const comments = await Comment.findAll({ attributes: ['id', 'userId'] });
  const names = new Map();
  const userIds = [...new Set(comments.flatMap((comment) => comment.userId ?? []))];
  const users = await User.findAll({ where: { id: userIds }, attributes: ['name', 'id'] });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const comment of comments) {
    // safe: User.findByPk in a loop → one query
    const user = userById.get(comment.userId) ?? null;
    names.set(comment.id, user?.name);
  }
  return [...names].sort();
};
