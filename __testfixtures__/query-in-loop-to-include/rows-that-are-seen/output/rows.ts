import { prisma } from './db';


const present = (user: object) => ({ ...user });

export async function withRest() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const counts: number[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    counts.push(posts.length);
  }
  return { counts, users: users.map(({ email, ...rest }) => rest) };
}

export async function withRestOfLoop() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const bios: (string | undefined)[] = [];
  const profiles = await prisma.profile.findMany({
    where: { userId: { in: users.map((user) => user.id) } },
  });
  const profileByUserId = new Map(profiles.map((profile) => [profile.userId, profile]));
  for (const user of users) {
    // safe: one query
    const profile = profileByUserId.get(user.id) ?? null;
    bios.push(profile?.bio);
  }
  const rows: object[] = [];
  for (const { email, ...row } of users) rows.push(row);
  return { bios, rows };
}

export async function byName() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  let total = 0;
  const authorIds = users.map((user) => user.id);
  const allPosts = await prisma.post.findMany({
    where: { authorId: { in: authorIds } },
    orderBy: { id: 'asc' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    total += posts.length;
  }
  return { total, users: users.map(present) };
}

export async function printed() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const profiles = await prisma.profile.findMany({
    where: { userId: { in: users.map((user) => user.id) } },
  });
  const profileByUserId = new Map(profiles.map((profile) => [profile.userId, profile]));
  for (const user of users) {
    // safe: one query
    const profile = profileByUserId.get(user.id) ?? null;
    console.log(profile?.bio);
  }
  users.forEach(console.log);
}

export async function asArguments() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const bios: (string | undefined)[] = [];
  const profiles = await prisma.profile.findMany({
    where: { userId: { in: users.map((user) => user.id) } },
  });
  const profileByUserId = new Map(profiles.map((profile) => [profile.userId, profile]));
  for (const user of users) {
    // safe: one query
    const profile = profileByUserId.get(user.id) ?? null;
    bios.push(profile?.bio);
  }
  return { bios, rows: users.map((...all) => all[0]) };
}

export async function whatTheyHave() {
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
  for (const user of users) for (const key of ['name', 'profile']) if (key in user) out.push(key);
  return out;
}
