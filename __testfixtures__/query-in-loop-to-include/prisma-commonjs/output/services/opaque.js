const { prisma } = require('../db');

/** Nothing tells what the ids are. */
exports.namesOf = async (ids) => {
  const names = [];
  const customers = await prisma.customer.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  for (const id of ids) {
    // review: `id` is a bigint, as `id` is in rows
    const customer = customerById.get(id) ?? null;
    names.push(customer ? customer.name : null);
  }
  return names;
};
