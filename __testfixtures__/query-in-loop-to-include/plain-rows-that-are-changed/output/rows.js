const { User, Post } = require('./models');

/** The keys are texts by the time of the loop. */
async function madeTexts() {
  const posts = await Post.findAll({ raw: true, order: [['id', 'ASC']], limit: 20 });
  for (const post of posts) post.authorId = String(post.authorId);
  const out = [];
  const authorIds = [...new Set(posts.map((post) => post.authorId))];
  const authors = await User.findAll({ where: { id: authorIds } });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // review: `post.authorId` is a number, as `id` is in rows
    const author = authorById.get(post.authorId) ?? null;
    out.push(author && author.name);
  }
  return out;
}

/** Authors of several posts grow older more than once. */
async function birthdays() {
  const posts = await Post.findAll({ order: [['id', 'ASC']], limit: 20 });
  const out = [];
  for (const post of posts) {
    // report: would share one object, and `author.born.setFullYear(author.born.getFullYear() + 1)` changes it
    const author = await User.findByPk(post.authorId);
    author.born.setFullYear(author.born.getFullYear() + 1);
    out.push(author.born.toISOString());
  }
  return out;
}

/** A post is there once for each of its comments. */
async function joinedRows() {
  const posts = await Post.findAll({ raw: true, include: ['comments'], order: [['id', 'ASC']], limit: 20 });
  const out = [];
  for (const post of posts) {
    // report: would share one object, and `again.title += '!'` changes it
    const again = await Post.findByPk(post.id);
    again.title += '!';
    out.push(again.title);
  }
  return out;
}

async function madeTextsByAssign() {
  const posts = await Post.findAll({ raw: true, order: [['id', 'ASC']], limit: 20 });
  posts.forEach((post) => Object.assign(post, { authorId: `${post.authorId}` }));
  const out = [];
  const authorIds = [...new Set(posts.map((post) => post.authorId))];
  const authors = await User.findAll({ where: { id: authorIds } });
  const authorById = new Map(authors.map((author) => [author.id, author]));
  for (const post of posts) {
    // review: `post.authorId` is a number, as `id` is in rows
    const author = authorById.get(post.authorId) ?? null;
    out.push(author && author.name);
  }
  return out;
}

/** All turns ask for one post. */
async function sameIds() {
  const posts = await Post.findAll({ raw: true, order: [['id', 'ASC']], limit: 20 });
  for (const post of posts) post.id = 13;
  const out = [];
  for (const post of posts) {
    // report: would share one object, and `again.title += '!'` changes it
    const again = await Post.findByPk(post.id);
    again.title += '!';
    out.push(again.title);
  }
  return out;
}

const canonical = (posts, ids) => posts.forEach((post) => (post.id = ids.get(post.id) ?? post.id));

async function canonicalIds(ids) {
  const posts = await Post.findAll({ raw: true, order: [['id', 'ASC']], limit: 20 });
  canonical(posts, ids);
  const out = [];
  for (const post of posts) {
    // report: would share one object, and `again.title += '!'` changes it
    const again = await Post.findByPk(post.id);
    again.title += '!';
    out.push(again.title);
  }
  return out;
}

/** Another property is set, and that of other objects. */
async function countedRows() {
  const posts = await Post.findAll({ raw: true, order: [['id', 'ASC']], limit: 20 });
  const totals = { id: 0 };
  for (const post of posts) {
    post.kind = 'seen';
    totals.id += post.id;
  }
  const out = [];
  const agains = await Post.findAll({ where: { id: posts.map((post) => post.id) } });
  const againById = new Map(agains.map((again) => [again.id, again]));
  for (const post of posts) {
    // safe: one query
    const again = againById.get(post.id) ?? null;
    again.title += '!';
    out.push(again.title, totals.id);
  }
  return out;
}

module.exports = { madeTexts, birthdays, joinedRows, madeTextsByAssign, sameIds, canonicalIds, countedRows };
