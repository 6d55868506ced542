// queries: 5 → 4
import { prisma } from './db';

class Queue {
  private waiting = [1, 9];

  /** Who asks for what is pending takes it. */
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

/** Lists that can be taken only once. */
export async function run() {
  const queue = new Queue();
  const out: unknown[] = [await queue.flush(), await queue.flush()];
  const ids = [...new Map([[3, 'x']]).keys()];
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // safe: one query
    const user = userById.get(id) ?? null;
    out.push(user?.name ?? '?');
  }
  const elements = [...[2, 1].entries()];
  const userIds = [...new Set(Array.from(elements, ([index, id]) => id))];
  const users2 = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById2 = new Map(users2.map((user) => [user.id, user]));
  for (const [index, id] of elements) {
    // safe: one query
    const user = userById2.get(id) ?? null;
    out.push(`${index} ${user?.name}`);
  }
  return out;
}
