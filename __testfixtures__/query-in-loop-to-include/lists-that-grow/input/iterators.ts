import { prisma } from './db';


export async function ofKeys(labels: Map<number, string>) {
  const out: string[] = [];
  for (const id of labels.keys()) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id } });
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
  for (const [index, id] of ids.entries()) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(`${index} ${user?.name}`);
  }
  return out;
}
