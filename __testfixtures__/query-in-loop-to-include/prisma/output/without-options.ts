// queries: 3 → 2
import { prisma } from './db';

export async function run() {
  const names = new Map<number, string | undefined>();
  const profiles = await prisma.profile.findMany({ include: { user: true } });
  for (const profile of profiles) {
    // safe: eager loading
    const user = profile.user;
    names.set(profile.id, user?.name);
  }
  return [...names].sort(([a], [b]) => a - b);
}
