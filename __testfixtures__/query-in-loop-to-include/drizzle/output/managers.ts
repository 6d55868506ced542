// queries: 4 → 2
import { db } from './db';

export async function run(withManagers = true) {
  const staff = await db.query.users.findMany({ orderBy: (fields, { asc }) => asc(fields.id) });
  const names: string[] = [];
  const managerIds = [...new Set(staff.flatMap((person) => person.managerId ?? []))];
  const managers = await db.query.users.findMany({
    columns: { id: true, name: true },
    where: (fields, { inArray }) => inArray(fields.id, managerIds),
  });
  const managerById = new Map(managers.map((manager) => [manager.id, manager]));
  for (const person of staff) {
    if (person.managerId === null) {
      names.push(`${person.name} leads`);
      continue;
    }
    if (withManagers) {
      // review: users.findFirst in a loop
      const manager = managerById.get(person.managerId!);
      names.push(`${person.name} reports to ${manager?.name ?? 'nobody'}`);
    }
  }
  return names;
}
