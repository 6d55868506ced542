import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

const twice = async (value: number) => value * 2;

export async function onlyMemory(value: number, params: Promise<{ id: number }>) {
  // ok: neither goes out of this process
  const first = await twice(value);
  const second = await twice(value + 1);
  // ok: a promise that was begun elsewhere is no call
  const { id } = await params;
  const posts = await db.post.count();
  return { first, second, id, posts };
}
