// queries: 6 → 2
import { knex } from './db';

export async function run() {
  const transfers = await knex('transfers').orderBy('id').limit(1000);
  const owners: string[] = [];
  const accountIds = [...new Set(transfers.flatMap((transfer) => transfer.accountId ?? []))];
  const accounts = await knex('accounts').whereIn('id', accountIds);
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  for (const transfer of transfers) {
    // review: accounts.first in a loop → one query
    const account = transfer.accountId == null ? undefined : accountById.get(transfer.accountId);
    owners.push(`${transfer.amount} to ${account?.owner} with ${account?.balance}`);
  }
  return owners;
}
