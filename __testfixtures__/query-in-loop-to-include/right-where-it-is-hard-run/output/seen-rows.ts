// queries: 8 → 4
import { prisma } from './db';

const present = (user: object) => ({ ...user });

/** Who looks at the rows finds in them what was asked for. */
export async function run() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: unknown[] = [];
  const profiles = await prisma.profile.findMany({
    where: { userId: { in: users.map((user) => user.id) } },
  });
  const profileByUserId = new Map(profiles.map((profile) => [profile.userId, profile]));
  for (const user of users) {
    // safe: one query
    const profile = profileByUserId.get(user.id) ?? null;
    out.push(profile?.bio);
  }
  for (const user of users) {
    for (const key of ['name', 'profile']) if (key in user) out.push(key);
  }
  const others = users.map(({ email, ...rest }) => rest);
  const again = await prisma.user.findMany({ orderBy: { id: 'desc' }, take: 20 });
  const authorIds = again.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of again) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    out.push(posts.length);
  }
  return { out, others, again: again.map(present) };
}
