// queries: 6 → 2
const { db } = require('./db');

exports.run = async () => {
  const users = await db('users').orderBy('id');
  const titles = {};
  const roleIds = [...new Set(users.flatMap((user) => user.role_id ?? []))];
  const roles = await db('roles').where({ archived: false }).whereIn('id', roleIds).select('id', 'title');
  const roleById = new Map(roles.map((role) => [role.id, role]));
  for (const user of users) {
    if (!user.role_id) continue;
    // review: roles.first in a loop → one query
    const role = roleById.get(user.role_id);
    titles[user.name] = role ? role.title : null;
  }
  return titles;
};
