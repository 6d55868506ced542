import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function dashboard(id: number) {
  // safe: 3 awaits in a row → Promise.all
  const [user, settings, news] = await Promise.all([
    db.user.findUnique({ where: { id } }),
    db.settings.findFirst(),
    db.news.findMany({ take: 3 }),
  ]);
  // safe: 2 awaits in a row → Promise.all
  const [posts, team] = await Promise.all([
    db.post.findMany({ where: { userId: user?.id } }),
    db.team.findUnique({ where: { id: user?.teamId } }),
  ]);
  return { user, settings, posts, team, news };
}
