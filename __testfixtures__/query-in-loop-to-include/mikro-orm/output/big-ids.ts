// queries: 5 → 2
import { orm } from './db';
import { Account, Transfer } from './entities';

export async function run() {
  const em = orm.em.fork();
  const transfers = await em.find(Transfer, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const accountIds = [...new Set(transfers.flatMap(({ accountId }) => accountId ?? []))];
  const accounts = await em.find(Account, { id: { $in: accountIds } });
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  const lines = transfers.map(({ accountId, amount }) => {
    // review: Account.findOne in a loop → one query
    const account = accountId === null ? null : (accountById.get(accountId) ?? null);
    return `${amount} ${account?.owner ?? 'none'} ${account?.id ?? ''}`;
  });
  return lines;
}
