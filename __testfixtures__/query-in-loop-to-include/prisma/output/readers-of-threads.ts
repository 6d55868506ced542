// queries: 5 → 1
import { prisma } from './db';

const threads: { subject: string; readers: number[] }[] = [
  { subject: 'Welcome', readers: [1, 2] },
  { subject: 'Empty', readers: [] },
  { subject: 'Again', readers: [2, 99, 4] },
];

export async function run() {
  const seen: string[] = [];
  const userIds = [...new Set(threads.flatMap((thread) => thread.readers))];
  const users = await prisma.user.findMany({
    where: { id: { in: userIds } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const thread of threads) {
    for (const reader of thread.readers) {
      // safe: one query
      const user = userById.get(reader) ?? null;
      if (user) seen.push(`${user.name} read ${thread.subject}`);
    }
  }
  return seen;
}
