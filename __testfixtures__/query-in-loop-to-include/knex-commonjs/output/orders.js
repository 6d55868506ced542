// queries: 7 → 2
const { db } = require('./db');

exports.run = async () => {
  const users = await db.select('id', 'name').from('users').orderBy('name');
  const userIds = [...new Set(users.map(({ id }) => id))];
  const allOrders = await db.from('orders as o').whereIn('o.user_id', userIds).orderBy('o.total').orderBy('o.id');
  const ordersByUserId = new Map(userIds.map((id) => [id, []]));
  for (const order of allOrders) ordersByUserId.get(order.user_id)?.push(order);
  const orders = users.map(({ id }) => {
    // review: `id` is of the type that `user_id` has in rows
    return ordersByUserId.get(id) ?? [];
  });
  return users.map((user, index) => ({ ...user, orders: orders[index] }));
};
