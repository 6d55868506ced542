// queries: 8 → 4
import { prisma } from './db';

const present = (user: object) => ({ ...user });

/** Who looks at the rows finds in them what was asked for. */
export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: unknown[] = [];
  for (const user of users) {
    // safe: one query
    const profile = await prisma.profile.findUnique({ where: { userId: user.id } });
    out.push(profile?.bio);
  }
  for (const user of users) {
    for (const key of ['name', 'profile']) if (key in user) out.push(key);
  }
  const others = users.map(({ email, ...rest }) => rest);
  const again = await prisma.user.findMany({ orderBy: { id: 'desc' }, take: 20 });
  for (const user of again) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    out.push(posts.length);
  }
  return { out, others, again: again.map(present) };
}
