import { prisma } from './db';


class Map {
  constructor(readonly level: number) {}
}

/** Here, a `Map` is one of a game. */
export async function playersOf(ids: readonly number[]) {
  const out: string[] = [String(new Map(1).level)];
  for (const id of ids) {
    // report: this file has a `Map` of its own
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name ?? '?');
  }
  return out;
}
