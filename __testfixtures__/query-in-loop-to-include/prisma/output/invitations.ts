// queries: 4 → 1
import { prisma } from './db';

const invitations = [
  { userId: 2, teamId: 't1' },
  { userId: 2, teamId: 't2' },
  { userId: 1, teamId: 't2' },
  { userId: 2, teamId: 't1' },
];

export async function run() {
  const answers: string[] = [];
  const userIds = [...new Set(invitations.map((invitation) => invitation.userId))];
  const teamIds = [...new Set(invitations.map((invitation) => invitation.teamId))];
  const allMemberships = await prisma.membership.findMany({
    where: {
      userId: { in: userIds },
      teamId: { in: teamIds },
    },
  });
  const membershipsByUserId = new Map(userIds.map((id) => [id, [] as typeof allMemberships]));
  for (const membership of allMemberships) membershipsByUserId.get(membership.userId)?.push(membership);
  for (const invitation of invitations) {
    // safe: one query
    const membership = membershipsByUserId.get(invitation.userId)?.find((membership) => membership.teamId === invitation.teamId) ?? null;
    answers.push(membership === null ? 'invited' : `already ${membership.role}`);
  }
  return answers;
}
