const { Op } = require('sequelize');
const { Post, User } = require('./db');

// queries: 4 → 2
exports.run = async (statuses = ['draft']) => {
  const users = await User.findAll({ where: { id: { [Op.in]: [1, 2, 3] } } });
  const status = statuses.length === 1 ? statuses[0] : { [Op.in]: statuses };
  const titles = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await Post.findAll({
    where: { authorId: { [Op.in]: authorIds }, status },
    attributes: ['title', 'authorId'],
    order: [['title', 'ASC']],
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: Post.findAll in a loop → one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    titles.push(...posts.map(({ title }) => `${user.name}: ${title}`));
  }
  return titles;
};
