// queries: 5 → 2
import { prisma } from './db';

export async function run() {
  const comments = await prisma.comment.findMany({ orderBy: { id: 'asc' } });
  const names: (string | null)[] = [];
  const emails = [...new Set(comments.flatMap(({ authorEmail }) => authorEmail ?? []))];
  const users = await prisma.user.findMany({
    where: { email: { in: emails } },
  });
  const userByEmail = new Map(users.map((user) => [user.email, user]));
  for (const { authorEmail, body } of comments) {
    if (!authorEmail) continue;
    // safe: one query
    const user = userByEmail.get(authorEmail) ?? null;
    names.push(user ? `${user.name}: ${body}` : null);
  }
  return names;
}
