const { User, Post } = require('./models');

async function shown() {
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  const out = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await Post.findAll({ where: { authorId: authorIds }, order: [['id', 'ASC']] });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(posts.length, 'posts' in user);
  }
  return out;
}

const grow = (date) => date.setFullYear(1 + date.getFullYear());

async function grown() {
  const posts = await Post.findAll({ order: [['id', 'ASC']], limit: 20 });
  const out = [];
  const authorIds = [...new Set(posts.map((post) => post.authorId))];
  const authors = await User.findAll({ where: { id: authorIds } });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // review: may share one object: nobody changes it after it is handed on
    const author = authorById.get(post.authorId) ?? null;
    if (author) out.push(grow(author.born));
  }
  return out;
}

async function tagged() {
  const posts = await Post.findAll({ order: [['id', 'ASC']], limit: 20 });
  const out = [];
  for (const post of posts) {
    // report: would share one object, and `Object.assign(tags, [post.title])` changes it
    const author = await User.findByPk(post.authorId);
    if (!author) continue;
    const { tags } = author;
    out.push(tags.length);
    Object.assign(tags, [post.title]);
  }
  return out;
}

/** The values of a row would have the posts too. */
async function shownByValues() {
  const users = await User.findAll({ order: [['id', 'ASC']], limit: 20 });
  const out = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await Post.findAll({ where: { authorId: authorIds }, order: [['id', 'ASC']] });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, []]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(posts.length, Object.keys(user.dataValues).length);
  }
  return out;
}

module.exports = { shown, shownByValues, grown, tagged };
