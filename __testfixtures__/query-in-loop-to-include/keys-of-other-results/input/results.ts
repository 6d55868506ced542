import { prisma } from './db';


/** The name holds a row, or what stands in for it. */
export async function bosses(ids: readonly number[], fallback: { managerId: number | null }) {
  const out: (string | undefined)[] = [];
  for (const id of ids) {
    // safe: one query
    let user: { managerId: number | null } | null = await prisma.user.findUnique({ where: { id } });
    if (!user) user = fallback;
    if (!user.managerId) continue;
    // report: cannot be told before the loop: `user` is made in the turn
    const boss = await prisma.user.findUnique({ where: { id: user.managerId } });
    out.push(boss?.name);
  }
  return out;
}

/** A list of rows is no row. */
export async function firstOfEach(names: readonly string[]) {
  const out: (string | undefined)[] = [];
  for (const name of names) {
    // review: one query
    const users = await prisma.user.findMany({ where: { name }, orderBy: { id: 'asc' } });
    if (users.length === 0) continue;
    // report: cannot be told before the loop: `users` holds all rows of a query of the turn, of which it takes a part
    const first = await prisma.user.findUnique({ where: { id: users[0]!.id } });
    out.push(first?.name);
  }
  return out;
}

/** A number of rows is no row either. */
export async function asManyAs(orgIds: readonly number[]) {
  const out: (string | undefined)[] = [];
  for (const orgId of orgIds) {
    // review: one query
    const count = await prisma.user.count({ where: { orgId } });
    // report: cannot be told before the loop: `count` is computed in the turn
    const user = await prisma.user.findUnique({ where: { id: count } });
    out.push(user?.name);
  }
  return out;
}

/** One key is of the outer list, the other of the inner one. */
export async function twins() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const others = await prisma.user.findMany({ orderBy: { id: 'desc' } });
  const out: number[] = [];
  for (const user of users) {
    for (const other of others) {
      // report: `name` is compared with what belongs to another list
      const same = await prisma.user.findMany({ where: { orgId: user.orgId, name: other.name } });
      out.push(same.length);
    }
  }
  return out;
}

const next = () => 1;

/** A default is computed once for each element. */
export async function withDefault(items: readonly { id?: number }[]) {
  const out: (string | undefined)[] = [];
  for (const { id = next() } of items) {
    // report: the element has a default that is computed
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name);
  }
  return out;
}
