const { User, Post } = require('./models');

async function filteredLater() {
  const filter = { kind: 'live' };
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  filter.kind = 'draft';
  const out = [];
  for (const user of users) {
    // safe: one query
    const posts = await Post.findAll({ where: { authorId: user.id, kind: filter.kind }, order: [['id', 'ASC']] });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

async function afterGuard(options) {
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  if (!options) return users.map((user) => user.name);
  const out = [];
  for (const user of users) {
    // safe: one query
    const posts = await Post.findAll({ where: { authorId: user.id, kind: options.kind }, order: [['id', 'ASC']] });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

async function inCase(mode) {
  const out = [];
  switch (mode) {
    case 'seed':
      const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
      await Post.create({ id: 9, title: 'new', kind: 'live', authorId: 3 });
      for (const user of users) {
        // safe: one query
        const posts = await Post.findAll({ where: { authorId: user.id }, order: [['id', 'ASC']] });
        out.push(...posts.map((post) => post.title));
      }
      break;
    default:
  }
  return out;
}

module.exports = { filteredLater, afterGuard, inCase };
