import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function dashboard(id: number) {
  // safe: 3 awaits in a row → Promise.all
  const user = await db.user.findUnique({ where: { id } });
  const settings = await db.settings.findFirst();
  // safe: 2 awaits in a row → Promise.all
  const posts = await db.post.findMany({ where: { userId: user?.id } });
  const team = await db.team.findUnique({ where: { id: user?.teamId } });
  const news = await db.news.findMany({ take: 3 });
  return { user, settings, posts, team, news };
}
