import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function movesUp(id: number) {
  // safe: 2 awaits in a row → Promise.all
  // The newest first.
  const orderBy = { createdAt: 'desc' };
  const where = { userId: id, isPublished: true };
  const [user, posts] = await Promise.all([
    db.user.findUnique({ where: { id } }),
    db.post.findMany({ where, orderBy }),
  ]);
  return { user, posts };
}

export async function staysBelow(id: number) {
  // safe: 2 awaits in a row → Promise.all
  const [user, posts] = await Promise.all([
    db.user.findUnique({ where: { id } }),
    db.post.findMany({ where: { id } }),
  ]);
  const name = user?.name ?? 'nobody';
  return { name, posts };
}

export async function hasAnEffect(id: number) {
  // report: stands between them and writes the table `log`
  const user = await db.user.findUnique({ where: { id } });
  db.log.create({ data: { id } }).catch(() => undefined);
  const posts = await db.post.findMany({ where: { id } });
  return { user, posts };
}
