// queries: 11 → 3
import { prisma } from './db';

export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  const totals: string[] = [];
  const authorEmails = users.map((user) => user.email);
  const allComments = await prisma.comment.findMany({
    where: { AND: [{ authorEmail: { in: authorEmails } }, { post: { published: true } }] },
    include: { post: { select: { title: true } } },
    orderBy: { id: 'asc' },
  });
  const commentsByAuthorEmail = new Map(authorEmails.map((key) => [key, [] as typeof allComments]));
  for (const comment of allComments) commentsByAuthorEmail.get(comment.authorEmail!)?.push(comment);
  for (const user of users) {
    // safe: one query
    const comments = commentsByAuthorEmail.get(user.email) ?? [];
    totals.push(`${user.name}: ${comments.map(({ post }) => post.title).join()}`);
  }
  return totals;
}
