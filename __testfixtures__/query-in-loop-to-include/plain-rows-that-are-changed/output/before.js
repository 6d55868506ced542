const { User, Post } = require('./models');

async function filteredLater() {
  const filter = { kind: 'live' };
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  filter.kind = 'draft';
  const out = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await Post.findAll({ where: { authorId: authorIds, kind: filter.kind }, order: [['id', 'ASC']] });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

async function afterGuard(options) {
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  if (!options) return users.map((user) => user.name);
  const out = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await Post.findAll({ where: { authorId: authorIds, kind: options.kind }, order: [['id', 'ASC']] });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
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
      const authorIds = users.map((user) => user.id);
      const allPosts = await Post.findAll({ where: { authorId: authorIds }, order: [['id', 'ASC']] });
      const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
      for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
      for (const user of users) {
        // safe: one query
        const posts = postsByAuthorId.get(user.id) ?? [];
        out.push(...posts.map((post) => post.title));
      }
      break;
    default:
  }
  return out;
}

module.exports = { filteredLater, afterGuard, inCase };
