import { PrismaClient, type Prisma } from '@prisma/client';

const prisma = new PrismaClient();

export async function inCallback(id: number) {
  return prisma.$transaction(async (tx) => {
    // report: run in one transaction: `tx`
    const user = await tx.user.findUnique({ where: { id } });
    const posts = await tx.post.findMany({ where: { id } });
    return { user, posts };
  });
}

export async function handedOver(tx: Prisma.TransactionClient, id: number) {
  // report: run in one transaction: `tx`
  const user = await userOf(tx, id);
  const count = await tx.post.count({ where: { id } });
  return { user, count };
}

const userOf = (db: Prisma.TransactionClient, id: number) => db.user.findUnique({ where: { id } });

export async function inSession(session: { user: { id: number } }) {
  // safe: 2 awaits in a row → Promise.all
  const [user, posts] = await Promise.all([
    prisma.user.findUnique({ where: { id: session.user.id } }),
    prisma.post.findMany({ where: { userId: session.user.id } }),
  ]);
  return { user, posts };
}
