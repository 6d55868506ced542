import { PrismaClient } from '@prisma/client';
import { it } from 'vitest';

const db = new PrismaClient();

it('counts', async () => {
  // report: it is test code: it imports `vitest`
  const users = await db.user.count();
  const posts = await db.post.count();
  return users + posts;
});
