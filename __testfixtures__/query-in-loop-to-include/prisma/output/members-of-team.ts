// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const teamId = 't2';
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' } });
  const roles: string[] = [];
  const memberships = await prisma.membership.findMany({
    where: { userId: { in: users.map((user) => user.id) }, teamId },
    select: { userId: true, role: true },
  });
  const membershipByUserId = new Map(memberships.map((membership) => [membership.userId, membership]));
  for (const user of users) {
    // safe: one query
    const membership = membershipByUserId.get(user.id) ?? null;
    roles.push(`${user.name}: ${membership?.role ?? 'none'}`);
  }
  return roles;
}
