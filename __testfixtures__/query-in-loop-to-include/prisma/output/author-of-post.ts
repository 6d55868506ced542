// page: The author of each post
// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const lines: string[] = [];
  const posts = await prisma.post.findMany({
    orderBy: { id: 'desc' },
    include: { author: true },
  });
  for (const post of posts) {
    if (!post.authorId) {
      lines.push(`${post.title} by nobody`);
      continue;
    }
    // safe: eager loading
    const author = post.author;
    lines.push(`${post.title} by ${author === null ? 'somebody who left' : author.name}`);
  }
  return lines;
}
