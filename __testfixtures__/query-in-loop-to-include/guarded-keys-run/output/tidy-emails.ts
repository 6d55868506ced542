// queries: 3 → 1
import { prisma } from './db';

const rows: { email: string | null }[] = [
  { email: 'Ann@x.io ' },
  { email: null },
  { email: '' },
  { email: 'zoe@x.io' },
  { email: 'cid@x.io' },
];

/** What is made of a key is made of it only where it is there. */
export async function run() {
  const out: string[] = [];
  const emails = [...new Set(rows.flatMap((row) => row.email?.trim().toLowerCase() ?? []))];
  const users = await prisma.user.findMany({
    where: { email: { in: emails } },
  });
  const userByEmail = new Map(users.map((user) => [user.email, user]));
  for (const row of rows) {
    if (!row.email) continue;
    // safe: one query
    const user = userByEmail.get(row.email.trim().toLowerCase()) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}
