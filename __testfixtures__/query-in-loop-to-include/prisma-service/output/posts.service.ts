// queries: 8 → 5
import { type PrismaService, prismaService } from './db';

class PostsService {
  constructor(private readonly prisma: PrismaService) {}

  async byAuthor() {
    const users = await this.prisma.user.findMany({
      orderBy: { id: 'asc' },
      take: 10,
      include: {
        posts: {
          orderBy: { id: 'asc' },
          include: { comments: { orderBy: { id: 'asc' } } },
        },
      },
    });
    const result = [];
    for (const user of users) {
      // safe: eager loading
      const posts = user.posts;
      result.push({ author: user.name, posts });
    }
    return result;
  }

  /** The same as JSON, without a relation that only the loop has. */
  async latest(count: number) {
    const posts = await this.prisma.post.findMany({ orderBy: { id: 'desc' }, take: count });
    const result = [];
    const postIds = posts.map((post) => post.id);
    const allComments = await this.prisma.comment.findMany({
      where: { postId: { in: postIds } },
      orderBy: { id: 'desc' },
    });
    const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
    for (const comment of allComments) commentsByPostId.get(comment.postId)?.push(comment);
    for (const post of posts) {
      // review: Prisma refuses more in a query that orders
      const comments = commentsByPostId.get(post.id) ?? [];
      result.push({ ...post, comments });
    }
    return result;
  }
}

export async function run() {
  const service = new PostsService(prismaService);
  return { authors: await service.byAuthor(), latest: await service.latest(2) };
}
