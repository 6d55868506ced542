import { prisma } from './db';

const mailer = { send: async (to) => `sent ${to}` };

/** What a turn gives is a promise, and without types nothing says so. */
export async function mails() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  users.reverse();
  const managerIds = [...new Set(users.map((user) => user.managerId))];
  const managers = await prisma.user.findMany({
    where: { id: { in: managerIds } },
  });
  const managerById = new Map(managers.map((manager) => [manager.id, manager]));
  return await Promise.all(
    users.map(async (user) => {
      // review: `user.managerId` is a number, as `id` is in rows
      const manager = managerById.get(user.managerId) ?? null;
      const job = mailer.send(manager?.email);
      return job;
    }),
  );
}
