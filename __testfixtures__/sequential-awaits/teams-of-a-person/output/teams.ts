import { PrismaClient } from '@prisma/client';
import { cache } from 'react';

const prisma = new PrismaClient();

const teamsOf = cache(async (userId: string, organizationId: string) => {
  return await prisma.team.findMany({ where: { organizationId, users: { some: { userId } } } });
});

const otherTeamsOf = cache(async (userId: string, organizationId: string) => {
  const teams = await prisma.team.findMany({ where: { organizationId, users: { none: { userId } } } });
  return teams.map((team) => ({ id: team.id, name: team.name }));
});

export const allTeamsOf = cache(async (userId: string, organizationId: string) => {
  const membership = await prisma.membership.findUnique({ where: { userId_organizationId: { userId, organizationId } } });

  if (!membership) {
    throw new Error('There is no such membership');
  }

  // safe: 2 awaits in a row → Promise.all
  const [userTeams, otherTeams] = await Promise.all([
    teamsOf(userId, organizationId),
    otherTeamsOf(userId, organizationId),
  ]);

  return { userTeams, otherTeams };
});
