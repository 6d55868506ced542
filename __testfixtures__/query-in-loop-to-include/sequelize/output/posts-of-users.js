// page: The posts of each user
const { User } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const users = await User.findAll({ include: [{ association: 'posts', separate: true, where: { status: 'published' }, order: [['title', 'ASC'], ['id', 'ASC']] }] });
  const overview = [];
  for (const user of users) {
    // safe: Post.findAll in a loop → eager loading
    const posts = user.posts;
    overview.push({ name: user.name, posts });
  }
  return overview;
};
