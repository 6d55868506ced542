const { sequelize, User } = require('./db');

const { Article } = sequelize.models;

// queries: 9 → 3
exports.run = async () => {
  const users = await User.findAll({ order: ['id'] });
  const articles = [];
  const authorIds = users.map((user) => user.id);
  const allArticles = await Article.findAll({ where: { authorId: authorIds } });
  const articlesByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const article of allArticles) articlesByAuthorId.get(article.authorId)?.push(article);
  const allArticles2 = await Article.unscoped().findAll({ where: { authorId: authorIds }, order: [['id', 'ASC']] });
  const articlesByAuthorId2 = new Map(authorIds.map((id) => [id, []]));
  for (const article of allArticles2) articlesByAuthorId2.get(article.authorId)?.push(article);
  for (const user of users) {
    // safe: Article.findAll in a loop → one query
    const shown = articlesByAuthorId.get(user.id) ?? [];
    const all = articlesByAuthorId2.get(user.id) ?? [];
    articles.push([user.name, shown.length, all.map(({ title }) => title)]);
  }
  return articles;
};
