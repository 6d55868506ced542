// queries: 4 → 2
const { prisma } = require('../db');

async function run() {
  const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' }, take: 10 });
  const totals = {};
  const customerIds = customers.map(({ id }) => id);
  const allOrders = await prisma.order.findMany({
    where: { customerId: { in: customerIds } },
    orderBy: { id: 'asc' },
  });
  const ordersByCustomerId = new Map(customerIds.map((id) => [id, []]));
  for (const order of allOrders) ordersByCustomerId.get(order.customerId)?.push(order);
  for (const { id, name } of customers) {
    // safe: one query
    const orders = ordersByCustomerId.get(id) ?? [];
    totals[name] = orders.map((order) => `${order.id}: ${order.total.toFixed(2)}`);
  }
  return totals;
}

module.exports = { run };
