import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/prisma/client';

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 1 }),
});

/** Who deletes a user deletes the posts. */
export async function posts(ids: readonly number[]) {
  const counts: number[] = [];
  for (const id of ids) {
    // report: `prisma.user.delete` deletes rows of `user` in a turn
    const found = await prisma.post.findMany({ where: { authorId: id }, orderBy: { id: 'asc' } });
    counts.push(found.length);
    if (found.length > 1) await prisma.user.delete({ where: { id: id + 1 } });
  }
  return counts;
}

/** And with the posts their comments. */
export async function comments(postIds: readonly number[]) {
  const counts: number[] = [];
  for (const postId of postIds) {
    // report: `prisma.user.deleteMany` deletes rows of `user` in a turn
    const found = await prisma.comment.findMany({ where: { postId }, orderBy: { id: 'asc' } });
    counts.push(found.length);
    await prisma.user.deleteMany({ where: { name: 'nobody' } });
  }
  return counts;
}

/** A key that may be null is emptied where nothing else is said. */
export async function seats(ids: readonly number[]) {
  const rows: number[] = [];
  for (const id of ids) {
    // report: `prisma.user.delete` deletes rows of `user` in a turn
    const found = await prisma.seat.findMany({ where: { userId: id }, orderBy: { id: 'asc' } });
    rows.push(...found.map((seat) => seat.row));
    await prisma.user.delete({ where: { id: id + 1 } });
  }
  return rows;
}

/** Nothing says what else is deleted with a user. */
export async function badges(postIds: readonly number[]) {
  const labels: string[] = [];
  for (const postId of postIds) {
    // review: `prisma.user.delete` writes nothing that `badge.findMany` looks at in a later turn
    const found = await prisma.badge.findMany({ where: { postId }, orderBy: { id: 'asc' } });
    labels.push(...found.map((badge) => badge.label));
    await prisma.user.delete({ where: { id: postId } });
  }
  return labels;
}
