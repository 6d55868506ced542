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
  const userIds = [...new Set(groups.flatMap((group) => group.members?.map((member) => member.id) ?? []))];
  const users = await prisma.user.findMany({
    where: { id: { in: userIds } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const group of groups) {
    if (!group.members) continue;
    for (const member of group.members) {
      // review: also where `!group.members` keeps a turn from asking for it
      const user = userById.get(member.id) ?? null;
      out.push(user?.name ?? '?');
    }
  }
  return out;
}
