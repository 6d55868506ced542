import { prisma } from './db';


/** What was shown once is not shown again. */
export async function notYetShown(orgIds: readonly number[]) {
  const shown: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes a list that its query is told: `shown.push(user.id)`
    const users = await prisma.user.findMany({ where: { orgId, id: { notIn: shown } } });
    for (const user of users) shown.push(user.id);
  }
  return shown;
}

export async function onlyThese(orgIds: readonly number[]) {
  const only = new Set([11]);
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes what its query is told: `only.add(13)`
    const users = await prisma.user.findMany({ where: { orgId, id: { in: [...only] } } });
    out.push(users.length);
    only.add(13);
  }
  return out;
}

export async function fromThere(orgIds: readonly number[]) {
  const range = { from: 0 };
  const out: number[] = [];
  for (const orgId of orgIds) {
    // report: A turn changes what its query is told: `Object.assign(range, { from: 12 })`
    const users = await prisma.user.findMany({ where: { orgId, id: { gt: range.from } } });
    out.push(users.length);
    Object.assign(range, { from: 12 });
  }
  return out;
}
