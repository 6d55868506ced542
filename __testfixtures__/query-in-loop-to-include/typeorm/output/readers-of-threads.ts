// queries: 5 → 1
import { users } from './db';
import { In } from 'typeorm';

const threads: { subject: string; readers: number[] }[] = [
  { subject: 'Welcome', readers: [1, 2] },
  { subject: 'Empty', readers: [] },
  { subject: 'Again', readers: [2, 99, 4] },
];

export async function run() {
  const seen: string[] = [];
  const userIds = [...new Set(threads.flatMap((thread) => thread.readers))];
  const users2 = await users.findBy({ id: In(userIds) });
  const userById = new Map(users2.map((user) => [user.id, user]));
  for (const thread of threads) {
    for (const reader of thread.readers) {
      // review: There are at most 65,535
      const user = userById.get(reader) ?? null;
      if (user) seen.push(`${user.name} read ${thread.subject}`);
    }
  }
  return seen;
}
