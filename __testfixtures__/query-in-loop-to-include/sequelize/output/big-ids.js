const { OrderLine, Order } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const lines = await OrderLine.findAll({ attributes: ['id', 'orderId'] });
  const countries = {};
  const orderIds = [...new Set(lines.map((line) => line.orderId))];
  const orders = await Order.findAll({ where: { id: orderIds }, attributes: ['id', 'country'], raw: true });
  const orderById = new Map(orders.map((order) => [order.id, order]));
  for (const line of lines) {
    // safe: Order.findByPk in a loop → one query
    const order = orderById.get(line.orderId) ?? null;
    countries[line.id] = `${order.id} ${order.country}`;
  }
  return countries;
};
