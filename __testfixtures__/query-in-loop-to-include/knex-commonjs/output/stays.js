const { db } = require('./db');

async function activate(ids) {
  for (const id of ids) {
    // report: writes rows of `users` in a turn
    const user = await db('users').where({ id }).first();
    if (user.role_id) await db('users').where({ role_id: user.role_id }).update({ is_active: true });
  }
}

async function countOrders(users) {
  const counts = {};
  for (const user of users) {
    // report: it gives a row that holds the count, also where that is 0
    const { n } = await db('orders').where({ user_id: user.id }).count('* as n').first();
    counts[user.name] = Number(n);
  }
  return counts;
}

async function cheapest(users) {
  return await Promise.all(
    users.map((user) =>
      // report: takes the first row by its order
      db('orders').where('user_id', user.id).orderBy('total').first(),
    ),
  );
}

async function found(ids) {
  const users = await db('users').whereIn('id', [...new Set(ids)]);
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // review: it may end before the last one
    const user = userById.get(id);
    if (user && user.is_active) return user;
  }
  return undefined;
}

async function byTwo(users, statuses) {
  const all = [];
  for (const user of users) {
    for (const status of statuses) {
      // report: its step `distinct` is not understood
      all.push(await db('orders').distinct('total').where({ user_id: user.id, status }));
    }
  }
  return all;
}

module.exports = { activate, countOrders, cheapest, found, byTwo };
