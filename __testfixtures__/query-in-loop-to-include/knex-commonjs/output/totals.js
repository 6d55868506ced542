// queries: 6 → 3
const { db } = require('./db');

exports.run = async ({ wanted = ['paid'] } = {}) => {
  const orders = await db('orders').whereIn('status', wanted).orderBy('id');
  const report = [];
  const userIds = [...new Set(orders.flatMap((order) => order.user_id ?? []))];
  const users = await db('users').whereIn('id', userIds);
  const userById = new Map(users.map((user) => [user.id, user]));
  const orderIds = [...new Set(orders.map((order) => order.id))];
  const allOrderLines = await db('order_lines').whereIn('order_id', orderIds).orderBy('id');
  const orderLinesByOrderId = new Map(orderIds.map((id) => [id, []]));
  for (const orderLine of allOrderLines) orderLinesByOrderId.get(orderLine.order_id)?.push(orderLine);
  for (const order of orders) {
    // review: users.first, order_lines.where in a loop → one query
    const customer = order.user_id === null ? undefined : userById.get(order.user_id);
    const lines = customer && customer.is_active ? orderLinesByOrderId.get(order.id) ?? [] : [];
    report.push([order.total, customer && customer.name, lines.map((line) => `${line.quantity} ${line.sku}`)]);
  }
  return report;
};
