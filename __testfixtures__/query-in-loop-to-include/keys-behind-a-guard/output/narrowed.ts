import { prisma } from './db';


interface Group {
  readonly members: { userId: number }[] | null;
}

export async function membersOf(groups: readonly Group[]) {
  const out: unknown[] = [];
  const userIds = [...new Set(groups.flatMap((group) => group.members?.map((member) => member.userId) ?? []))];
  const users = await prisma.user.findMany({
    where: { id: { in: userIds } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const group of groups) {
    const { members } = group;
    if (members === null) continue;
    for (const member of members) {
      // safe: one query
      const user = userById.get(member.userId) ?? null;
      out.push(user?.name);
    }
  }
  return out;
}
