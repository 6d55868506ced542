// queries: 4 → 1
import { prisma } from './db';

const groups: { members: { id: number }[] | null }[] = [
  { members: null },
  { members: [{ id: 1 }, { id: 9 }] },
  { members: [] },
  { members: [{ id: 2 }, { id: 1 }] },
];

/** Inner lists may be missing. */
export async function run() {
  const out: string[] = [];
  for (const group of groups) {
    if (!group.members) continue;
    for (const member of group.members) {
      // review: also where `!group.members` keeps a turn from asking for it
      const user = await prisma.user.findUnique({ where: { id: member.id } });
      out.push(user?.name ?? '?');
    }
  }
  return out;
}
