// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const users = await prisma.user.findMany({
    omit: { email: true },
    orderBy: { id: 'asc' },
    include: { profile: true },
  });
  const bios: (string | undefined)[] = [];
  for (const user of users) {
    // safe: eager loading
    const profile = user.profile;
    bios.push(profile?.bio);
  }
  return bios;
}
