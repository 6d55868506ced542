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
    for (const id of this.pending) {
      // safe: one query
      const user = await prisma.user.findUnique({ where: { id } });
      out.push(user?.name);
    }
    return out;
  }
}

/** Lists that can be taken only once. */
export async function run() {
  const queue = new Queue();
  const out: unknown[] = [await queue.flush(), await queue.flush()];
  for (const id of new Map([[3, 'x']]).keys()) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name ?? '?');
  }
  for (const [index, id] of [2, 1].entries()) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(`${index} ${user?.name}`);
  }
  return out;
}
