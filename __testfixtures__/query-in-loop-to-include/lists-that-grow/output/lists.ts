import { prisma } from './db';


export async function upwards(ids: number[]) {
  const out: string[] = [];
  const enqueue = (id: number) => ids.push(id);
  for (const id of ids) {
    // report: The list `ids` is changed while it is walked
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name ?? '?');
    if (user?.managerId) enqueue(user.managerId);
  }
  return out;
}

export async function upwardsOnce(start: readonly number[]) {
  const out: (string | undefined)[] = [];
  const seen = new Set(start);
  const queue = [...seen];
  const more = queue;
  for (const id of queue) {
    // report: The list `queue` is changed while it is walked
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name);
    if (user?.managerId && !seen.has(user.managerId)) {
      seen.add(user.managerId);
      more.push(user.managerId);
    }
  }
  return out;
}

export async function replacedByIndex(ids: number[]) {
  const out: (string | undefined)[] = [];
  for (let i = 0; i < ids.length; i++) {
    // report: The list `ids` is changed while it is walked
    const user = await prisma.user.findUnique({ where: { id: ids[i] } });
    out.push(user?.name);
    if (i === 0) ids[1] = 3;
  }
  return out;
}

/** Who asks for what is pending takes it. */
export class Queue {
  private waiting = [1, 2];

  get pending(): number[] {
    return this.waiting.splice(0);
  }

  async flush() {
    const out: (string | undefined)[] = [];
    const ids = this.pending;
    const users = await prisma.user.findMany({
      where: { id: { in: [...new Set(ids)] } },
    });
    const userById = new Map(users.map((user) => [user.id, user]));
    for (const id of ids) {
      // safe: one query
      const user = userById.get(id) ?? null;
      out.push(user?.name);
    }
    return out;
  }
}
