// queries: 8 → 4
import { prisma } from './db';

const orders: { buyer?: { id: number } | null }[] = [{}, { buyer: null }, { buyer: { id: 3 } }, { buyer: { id: 9 } }];

/** The same guard, written in four ways. */
export async function run() {
  const out: string[] = [];
  for (const order of orders) {
    if (order.buyer) {
      // safe: one query
      const user = await prisma.user.findUnique({ where: { id: order.buyer.id } });
      out.push(user?.name ?? '?');
    }
  }
  for (const order of orders) {
    // safe: one query
    const user = order.buyer ? await prisma.user.findUnique({ where: { id: order.buyer.id } }) : null;
    out.push(user?.name ?? '?');
  }
  for (const { buyer } of orders) {
    if (buyer == null) continue;
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id: buyer.id } });
    out.push(user?.name ?? '?');
  }
  for (const order of orders) {
    // safe: one query
    const user = order.buyer && (await prisma.user.findUnique({ where: { id: order.buyer.id } }));
    out.push(user?.name ?? '?');
  }
  return out;
}
