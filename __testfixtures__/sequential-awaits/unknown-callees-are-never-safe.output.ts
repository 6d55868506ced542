import { fetchRates, getUser, sendMail } from '@acme/remote';
import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

export async function named(id: number) {
  // review: `getUser` only reads, as its name says
  const [user, rates] = await Promise.all([getUser(id), fetchRates()]);
  return { user, rates };
}

export async function beside(id: number) {
  // review: `getUser` only reads, as its name says
  const [posts, user] = await Promise.all([db.post.findMany(), getUser(id)]);
  return { user, posts };
}

export async function doing(id: number) {
  // report: Nothing is known of `sendMail`
  await sendMail(id);
  const posts = await db.post.findMany();
  return posts;
}

export async function passedIn(load: (id: number) => Promise<string>, check: (id: number) => Promise<string>) {
  // report: Nothing is known of `check`
  const first = await load(1);
  const second = await check(2);
  return [first, second];
}
