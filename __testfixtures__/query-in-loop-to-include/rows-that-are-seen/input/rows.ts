import { prisma } from './db';


const present = (user: object) => ({ ...user });

export async function withRest() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const counts: number[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    counts.push(posts.length);
  }
  return { counts, users: users.map(({ email, ...rest }) => rest) };
}

export async function withRestOfLoop() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const bios: (string | undefined)[] = [];
  for (const user of users) {
    // safe: one query
    const profile = await prisma.profile.findUnique({ where: { userId: user.id } });
    bios.push(profile?.bio);
  }
  const rows: object[] = [];
  for (const { email, ...row } of users) rows.push(row);
  return { bios, rows };
}

export async function byName() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  let total = 0;
  for (const user of users) {
    // safe: one query
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    total += posts.length;
  }
  return { total, users: users.map(present) };
}

export async function printed() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  for (const user of users) {
    // safe: one query
    const profile = await prisma.profile.findUnique({ where: { userId: user.id } });
    console.log(profile?.bio);
  }
  users.forEach(console.log);
}

export async function asArguments() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const bios: (string | undefined)[] = [];
  for (const user of users) {
    // safe: one query
    const profile = await prisma.profile.findUnique({ where: { userId: user.id } });
    bios.push(profile?.bio);
  }
  return { bios, rows: users.map((...all) => all[0]) };
}

export async function whatTheyHave() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out: unknown[] = [];
  for (const user of users) {
    // safe: one query
    const profile = await prisma.profile.findUnique({ where: { userId: user.id } });
    out.push(profile?.bio);
  }
  for (const user of users) for (const key of ['name', 'profile']) if (key in user) out.push(key);
  return out;
}
