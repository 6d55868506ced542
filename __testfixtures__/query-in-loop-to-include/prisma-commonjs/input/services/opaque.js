const { prisma } = require('../db');

/** Nothing tells what the ids are. */
exports.namesOf = async (ids) => {
  const names = [];
  for (const id of ids) {
    // review: `id` is a bigint, as `id` is in rows
    const customer = await prisma.customer.findUnique({ where: { id } });
    names.push(customer ? customer.name : null);
  }
  return names;
};
