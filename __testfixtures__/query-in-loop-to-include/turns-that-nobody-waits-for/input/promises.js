import { prisma } from './db';

const mailer = { send: async (to) => `sent ${to}` };

/** What a turn gives is a promise, and without types nothing says so. */
export async function mails() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  users.reverse();
  return await Promise.all(
    users.map(async (user) => {
      // review: `user.managerId` is a number, as `id` is in rows
      const manager = await prisma.user.findFirst({ where: { id: user.managerId } });
      const job = mailer.send(manager?.email);
      return job;
    }),
  );
}
