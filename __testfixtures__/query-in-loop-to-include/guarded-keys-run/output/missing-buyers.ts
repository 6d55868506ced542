// queries: 8 → 4
import { prisma } from './db';

const orders: { buyer?: { id: number } | null }[] = [{}, { buyer: null }, { buyer: { id: 3 } }, { buyer: { id: 9 } }];

/** The same guard, written in four ways. */
export async function run() {
  const out: string[] = [];
  const userIds = [...new Set(orders.flatMap((order) => order.buyer?.id ?? []))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const order of orders) {
    if (order.buyer) {
      // safe: one query
      const user = userById.get(order.buyer.id) ?? null;
      out.push(user?.name ?? '?');
    }
  }
  const uniqueUserIds = [...new Set(orders.flatMap((order) => order.buyer?.id ?? []))];
  const users2 = await prisma.user.findMany({
    where: { id: { in: uniqueUserIds } },
  });
  const userById2 = new Map(users2.map((user) => [user.id, user]));
  for (const order of orders) {
    // safe: one query
    const user = order.buyer ? userById2.get(order.buyer.id) ?? null : null;
    out.push(user?.name ?? '?');
  }
  const uniqueUserIds2 = [...new Set(orders.flatMap(({ buyer }) => buyer?.id ?? []))];
  const users3 = await prisma.user.findMany({
    where: { id: { in: uniqueUserIds2 } },
  });
  const userById3 = new Map(users3.map((user) => [user.id, user]));
  for (const { buyer } of orders) {
    if (buyer == null) continue;
    // safe: one query
    const user = userById3.get(buyer.id) ?? null;
    out.push(user?.name ?? '?');
  }
  const uniqueUserIds3 = [...new Set(orders.flatMap((order) => order.buyer?.id ?? []))];
  const users4 = await prisma.user.findMany({
    where: { id: { in: uniqueUserIds3 } },
  });
  const userById4 = new Map(users4.map((user) => [user.id, user]));
  for (const order of orders) {
    // safe: one query
    const user = order.buyer && (userById4.get(order.buyer.id) ?? null);
    out.push(user?.name ?? '?');
  }
  return out;
}
