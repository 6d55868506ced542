// queries: 5 → 1
import { prisma } from './db';

async function namesOf(ids: readonly number[]): Promise<string[]> {
  const names: string[] = [];
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // safe: one query
    const user = userById.get(id) ?? null;
    names.push(user?.name ?? 'unknown');
  }
  return names;
}

export const run = () => namesOf([3, 1, 99, 3, 2]);
