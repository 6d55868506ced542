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
  const userIds = [...new Set(orders.flatMap((order) => order.buyer?.account?.id ?? []))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const order of orders) {
    if (!order.buyer?.account) continue;
    // safe: one query
    const user = userById.get(order.buyer.account.id) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}
