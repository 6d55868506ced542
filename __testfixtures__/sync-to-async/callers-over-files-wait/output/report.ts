import type { CustomerSource } from './customers.ts';
import { isTaxed, rateLabel, rateOf } from './rates.ts';

export async function headline(customers: CustomerSource, id: string): Promise<string> {
  const { name, country = 'FR' } = await customers.byId(id);
  return `${name} (${(await isTaxed(country)) ? await rateLabel(country) : 'free'})`;
}

export async function totalOf(customers: CustomerSource, id: string, amounts: readonly number[]): Promise<number> {
  const net = amounts.reduce((sum, amount) => sum + amount, 0);
  return net * (1 + (await rateOf((await customers.byId(id)).country ?? 'FR')));
}
