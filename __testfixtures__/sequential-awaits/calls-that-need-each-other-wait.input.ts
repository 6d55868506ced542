import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

async function byName(name: string) {
  // ok: the second takes the id of the first
  const user = await db.user.findUnique({ where: { name } });
  const posts = await db.post.findMany({ where: { userId: user?.id } });
  return posts;
}

async function throughAVariable(name: string) {
  let id = 0;
  const setId = async () => {
    id = await db.user.count({ where: { name } });
  };
  // ok: the second reads the variable that the first sets
  await setId();
  const post = await db.post.findUnique({ where: { id } });
  return post;
}

async function throughStatements(name: string) {
  // ok: what is computed from the first is needed by the second
  const user = await db.user.findUnique({ where: { name } });
  const where = { userId: user?.id, isPublished: true };
  const posts = await db.post.findMany({ where });
  return posts;
}

async function sameName(id: number) {
  // ok: the variable is set twice
  let found = await db.user.findUnique({ where: { id } });
  found = await db.user.findFirst({ where: { parentId: id } });
  return found;
}
