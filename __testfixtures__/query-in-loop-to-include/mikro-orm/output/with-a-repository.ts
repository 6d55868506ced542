// queries: 4 → 2
import type { EntityRepository } from '@mikro-orm/postgresql';
import { orm } from './db';
import { Comment, Post } from './entities';

class Threads {
  constructor(
    private readonly posts: EntityRepository<Post>,
    private readonly comments: EntityRepository<Comment>,
  ) {}

  async bodies(ids: readonly number[]) {
    const threads = [];
    const postIds = [...new Set(ids)];
    const allComments = await this.comments.find({ post: { $in: postIds } }, { fields: ['body', 'post'], orderBy: { id: 'asc' } });
    const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
    for (const comment of allComments) commentsByPostId.get(comment.post!.id)?.push(comment);
    for (const id of ids) {
      // review: Comment.find in a loop → one query
      const comments = commentsByPostId.get(id) ?? [];
      threads.push(comments.map((comment) => comment.body));
    }
    return { threads, posts: await this.posts.count() };
  }
}

export async function run() {
  const em = orm.em.fork();
  return await new Threads(em.getRepository(Post), em.getRepository(Comment)).bodies([13, 12, 14]);
}
