// queries: 6 → 3
const { db } = require('./db');

exports.run = async ({ wanted = ['paid'] } = {}) => {
  const orders = await db('orders').whereIn('status', wanted).orderBy('id');
  const report = [];
  for (const order of orders) {
    // review: users.first, order_lines.where in a loop → one query
    const customer = order.user_id === null ? undefined : await db('users').where('id', order.user_id).first();
    const lines = customer && customer.is_active ? await db('order_lines').where('order_id', order.id).orderBy('id') : [];
    report.push([order.total, customer && customer.name, lines.map((line) => `${line.quantity} ${line.sku}`)]);
  }
  return report;
};
