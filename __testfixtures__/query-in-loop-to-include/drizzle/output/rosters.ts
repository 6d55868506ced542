// queries: 5 → 2
import { asc, eq, inArray } from 'drizzle-orm';
import { db } from './db';
import { memberships, teams, users } from './schema';

export async function run() {
  const people = await db.select().from(users).orderBy(asc(users.name)).limit(30);
  const userIds = people.map((person) => person.id);
  const allMemberships = await db
    .select({ userId: memberships.userId, team: teams.name, role: memberships.role })
    .from(memberships)
    .leftJoin(teams, eq(teams.id, memberships.teamId))
    .where(inArray(memberships.userId, userIds))
    .orderBy(asc(memberships.teamId));
  const membershipsByUserId = new Map(userIds.map((id) => [id, [] as typeof allMemberships]));
  for (const membership of allMemberships) membershipsByUserId.get(membership.userId)?.push(membership);
  const rosters = people.map((person) => {
    // safe: memberships.select in a loop → one query
    const found = membershipsByUserId.get(person.id) ?? [];
    return { name: person.name, teams: found.map(({ team, role }) => `${team ?? 'unknown'} (${role})`) };
  });
  return rosters;
}
