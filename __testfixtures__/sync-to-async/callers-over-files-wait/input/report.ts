import type { CustomerSource } from './customers.ts';
import { isTaxed, rateLabel, rateOf } from './rates.ts';

export function headline(customers: CustomerSource, id: string): string {
  const { name, country = 'FR' } = customers.byId(id);
  return `${name} (${isTaxed(country) ? rateLabel(country) : 'free'})`;
}

export function totalOf(customers: CustomerSource, id: string, amounts: readonly number[]): number {
  const net = amounts.reduce((sum, amount) => sum + amount, 0);
  return net * (1 + rateOf(customers.byId(id).country ?? 'FR'));
}
