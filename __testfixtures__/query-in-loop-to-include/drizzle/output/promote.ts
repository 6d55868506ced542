// queries: 10 → 7
import { asc, inArray } from 'drizzle-orm';
import { db } from './db';
import { auditLog, memberships, users } from './schema';

export async function run() {
  await db.transaction(async (tx) => {
    const members = await tx.select().from(memberships).orderBy(asc(memberships.userId), asc(memberships.teamId));
    const userIds = [...new Set(members.map((member) => member.userId))];
    const allUsers = await tx.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds));
    const usersById = new Map(userIds.map((id) => [id, [] as typeof allUsers]));
    for (const user of allUsers) usersById.get(user.id)?.push(user);
    for (const member of members) {
      // review: users.select in a loop → one query
      const found = usersById.get(member.userId) ?? [];
      const user = found[0];
      if (user !== undefined)
        await tx.insert(auditLog).values({ line: `${user.name} is ${member.role} of ${member.teamId}` });
    }
  });
  return db.$count(auditLog);
}
