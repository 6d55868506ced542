// queries: 3 → 1
import { prisma } from './db';

const items: ({ userId: number } | null)[] = [{ userId: 1 }, null, { userId: 9 }, { userId: 2 }];

/** Elements that are null are asked for nothing. */
export async function run() {
  const out: string[] = [];
  const userIds = [...new Set(items.flatMap((item) => item?.userId ?? []))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const item of items) {
    if (!item) continue;
    // safe: one query
    const user = userById.get(item.userId) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}
