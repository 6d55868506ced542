// queries: 5 → 2
const { prisma } = require('../db');

exports.run = async () => {
  const orders = await prisma.order.findMany({ orderBy: { id: 'asc' } });
  const customerIds = [...new Set(orders.flatMap((order) => order.customerId ?? []))];
  const customers = await prisma.customer.findMany({
    where: { id: { in: customerIds } },
  });
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  return orders.map((order) => {
    // review: Turns with the same `order.customerId` may share one object
    const customer = order.customerId && (customerById.get(order.customerId) ?? null);
    return { ...order, customer };
  });
};
