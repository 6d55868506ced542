const { Op, fn, col, literal } = require('sequelize');
const { sequelize, Account, Article, Comment, Order, OrderLine, Post, Product, Tag, User } = require('./db');

async function promote(ids) {
  for (const id of ids) {
    // report: `user.save` writes rows of `User` in a turn, which the query of a later one sees
    const user = await User.findByPk(id);
    user.name = user.name.toUpperCase();
    await user.save();
  }
}

async function writesWhatItReads(posts) {
  for (const post of posts) {
    // report: `Post.update` writes rows of `Post` in a turn, which the query of a later one sees
    const last = await Post.findOne({ where: { authorId: post.authorId } });
    await Post.update({ title: `after ${last.title}` }, { where: { id: post.id } });
  }
}

async function newestPosts() {
  const users = await User.findAll();
  return Promise.all(
    users.map(async (user) => ({
      name: user.name,
      // report: its option `limit` limits the rows of each turn, which one query for all turns cannot do
      posts: await Post.findAll({ where: { authorId: user.id }, order: [['id', 'DESC']], limit: 3 }),
    })),
  );
}

async function latestComments(posts) {
  const latest = [];
  for (const post of posts) {
    // report: `findOne` takes the first row by its order, and `postId` may have several
    latest.push(await Comment.findOne({ where: { postId: post.id }, order: [['id', 'DESC']] }));
  }
  return latest;
}

async function tolerant(posts, log) {
  for (const post of posts) {
    try {
      // report: An error of the query is caught in each turn
      const author = await User.findByPk(post.authorId);
      log(author.name);
    } catch (error) {
      log(error);
    }
  }
}

async function numbersOf(users) {
  const numbers = [];
  for (const user of users) {
    // report: The hook `afterFind` of `Account` is handed one row in each turn, and would be handed a list
    const account = await Account.findOne({ where: { userId: user.id } });
    numbers.push(account.number);
  }
  return numbers;
}

async function existing(ids) {
  const users = [];
  // report: `findByPk` refuses where there is no row, and a lookup does not
  for (const id of ids) users.push(await User.findByPk(id, { rejectOnEmpty: true }));
  return users;
}

async function namesOnly(res, comments) {
  const rows = [];
  for (const comment of comments) {
    // report: The rows have to be asked for with `id` too, which is seen where they go: `user`
    const user = await User.findByPk(comment.userId, { attributes: ['name'] });
    rows.push({ body: comment.body, user });
  }
  res.json(rows);
}

async function firstDraft(users) {
  for (const user of users) {
    // report: its condition `[{ id: user.id }, { name: user.name }]` is another one in each turn, and no
    const tags = await Tag.findAll({ where: { [Op.or]: [{ id: user.id }, { name: user.name }] } });
    if (tags.length > 0) return tags[0];
  }
  return null;
}

async function byTitle(titles) {
  const found = [];
  for (const title of titles) {
    // report: its condition `{ [Op.like]: '%${title}%' }` is another one in each turn, and no comparison of one
    found.push(...(await Post.findAll({ where: { title: { [Op.like]: `%${title}%` } } })));
    const same = sequelize.where(fn('lower', col('title')), title.toLowerCase());
    // report: its conditions are not written as an object where it is called
    found.push(...(await Post.findAll({ where: same })));
  }
  return found;
}

async function filtered(filters) {
  const found = [];
  for (const where of filters) {
    // report: its conditions are not written as an object where it is called
    found.push(await Post.findAll({ where }));
  }
  return found;
}

async function shared(users, options) {
  const posts = [];
  for (const user of users) {
    // report: its options are not written where it is called
    posts.push(await Post.findAll({ where: { authorId: user.id }, ...options }));
  }
  return posts;
}

async function totals(orders) {
  const sums = [];
  for (const order of orders) {
    // report: it computes over the rows of one turn
    sums.push(await OrderLine.sum('quantity', { where: { orderId: order.id } }));
  }
  return sums;
}

async function pages(users) {
  const all = [];
  for (const user of users) {
    // report: it gives rows and their number together
    const { rows, count } = await Post.findAndCountAll({ where: { authorId: user.id } });
    all.push({ rows, count });
  }
  return all;
}

async function inSql(posts) {
  const names = [];
  for (const post of posts) {
    // report: it is SQL: `'select name from users where id = :id'`
    const [rows] = await sequelize.query('select name from users where id = :id', {
      replacements: { id: post.authorId },
    });
    names.push(rows[0].name);
  }
  return names;
}

async function perStatus(users) {
  const counts = [];
  for (const user of users) {
    counts.push(
      // report: its option `group` is not understood
      await Post.findAll({
        where: { authorId: user.id },
        attributes: ['status', [fn('COUNT', col('id')), 'count']],
        group: ['status'],
      }),
    );
  }
  return counts;
}

async function locked(lines) {
  await sequelize.transaction(async (transaction) => {
    for (const line of lines) {
      // report: it locks the rows that it reads
      const product = await Product.findByPk(line.sku, { lock: true, transaction });
      await product.update({ name: line.sku }, { transaction });
    }
  });
}

async function eachInItsOwn(ids) {
  for (const id of ids) {
    const transaction = await sequelize.transaction();
    // report: `transaction`, which belongs to the turn, is used in it other than to compare a column with
    const order = await Order.findByPk(id, { transaction });
    await order.destroy({ transaction });
    await transaction.commit();
  }
}

async function tagsOf() {
  const posts = await Post.findAll();
  const names = [];
  for (const post of posts) {
    // report: rows of `tags` would have those of `post_tags` with them, and come in another order
    const tags = await post.getTags();
    names.push(tags.map((tag) => tag.name));
  }
  return names;
}

async function commentsOnPosts() {
  const posts = await Post.findAll({ where: { status: 'published' } });
  const counts = [];
  for (const post of posts) {
    // report: it counts the `comments` of one row
    counts.push(await post.countComments());
  }
  return counts;
}

async function drafts() {
  const users = await User.findAll();
  const titles = [];
  for (const user of users) {
    // report: `getPosts` is told more than which row: `{ where: { status: 'draft' } }`
    const posts = await user.getPosts({ where: { status: 'draft' } });
    titles.push(posts.map((post) => post.title));
  }
  return titles;
}

async function expensiveOf(users) {
  const found = [];
  for (const user of users) {
    // report: its condition `literal('price > ${user.id}')` is another one in each turn, and no comparison of one
    found.push(await Post.count({ where: { authorId: user.id, price: literal(`price > ${user.id}`) } }));
  }
  return found;
}

async function both(pairs) {
  const found = [];
  for (const pair of pairs) {
    // report: rows are counted for several columns together
    found.push(await Comment.count({ where: { postId: pair.postId, userId: pair.userId } }));
  }
  return found;
}

async function everywhere(posts) {
  posts.forEach(async (post) => {
    // report: Nobody waits for the turns that `forEach` begins
    const author = await User.findByPk(post.authorId);
    console.log(author);
  });
}

async function nextManagers(id) {
  const chain = [];
  while (id !== null) {
    // report: it runs in a `while`, whose turns are not known before
    const user = await User.findByPk(id);
    chain.push(user.name);
    id = user.managerId;
  }
  return chain;
}

async function firstArticle(users) {
  for (const user of users) {
    // report: `findOne` takes the first row by its order, and `authorId` may have several
    const article = await Article.findOne({ where: { authorId: user.id }, order: ['id'] });
    if (article) return article.title;
  }
  return undefined;
}

module.exports = {
  promote,
  writesWhatItReads,
  newestPosts,
  latestComments,
  tolerant,
  numbersOf,
  existing,
  namesOnly,
  firstDraft,
  byTitle,
  filtered,
  shared,
  totals,
  pages,
  inSql,
  perStatus,
  locked,
  eachInItsOwn,
  tagsOf,
  commentsOnPosts,
  drafts,
  expensiveOf,
  both,
  everywhere,
  nextManagers,
  firstArticle,
};
