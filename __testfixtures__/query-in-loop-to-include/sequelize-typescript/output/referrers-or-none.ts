import { Customer } from './models';

// queries: 3 → 2
export async function run() {
  const customers = await Customer.findAll({ order: [['id', 'DESC']] });
  const referred = [];
  const referrerIds = [...new Set(customers.flatMap((customer) => customer.referrerId ?? []))];
  const referrers = await Customer.findAll({ where: { id: referrerIds } });
  const referrerById = new Map(referrers.map((referrer) => [referrer.id, referrer]));
  for (const customer of customers) {
    // safe: Customer.findByPk in a loop → one query
    const referrer = customer.referrerId == null ? null : (referrerById.get(customer.referrerId) ?? null);
    referred.push([customer.name, referrer === null ? null : referrer.name]);
  }
  return referred;
}
