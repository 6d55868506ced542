import { prisma } from './db';


export async function ofKeys(labels: Map<number, string>) {
  const out: string[] = [];
  const ids = [...labels.keys()];
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // safe: one query
    const user = userById.get(id) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}

export async function ofNamedKeys(labels: Map<number, string>) {
  const out: string[] = [];
  const keys = labels.keys();
  for (const id of keys) {
    // report: `keys` can be walked only once
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name ?? '?');
  }
  return out;
}

export async function numbered(ids: readonly number[]) {
  const out: string[] = [];
  const elements = [...ids.entries()];
  const userIds = [...new Set(Array.from(elements, ([index, id]) => id))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const [index, id] of elements) {
    // safe: one query
    const user = userById.get(id) ?? null;
    out.push(`${index} ${user?.name}`);
  }
  return out;
}
