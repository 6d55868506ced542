const { Order, User } = require('./db');

// queries: 6 → 3
exports.run = async () => {
  const orders = await Order.findAll();
  const rows = [];
  const customerIds = [...new Set(orders.map((order) => order.customerId))];
  const customers = await User.findAll({ where: { id: customerIds } });
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  const managerIds = [...new Set(customers.flatMap((customer) => customer.managerId ?? []))];
  const managers = await User.findAll({ where: { id: managerIds } });
  const managerById = new Map(managers.map((manager) => [manager.id, manager]));
  for (const order of orders) {
    // safe: User.findByPk in a loop → one query
    const customer = customerById.get(order.customerId) ?? null;
    const manager = managerById.get(customer.managerId) ?? null;
    rows.push([order.id, customer.name, manager ? manager.name : null]);
  }
  return rows.sort();
};
