// queries: 4 → 3
import { dataSource, posts as postRepository } from './db';
import { Comment, User } from './entities';

export async function run() {
  const nobody = await dataSource.getRepository(User).find({ where: { name: 'Nobody' } });
  const titles: string[] = [];
  for (const user of nobody) {
    // review: one query
    const posts = await postRepository
      .createQueryBuilder('p')
      .where('p.authorId = :authorId', { authorId: user.id })
      .getMany();
    titles.push(...posts.map(({ title }) => title));
  }
  const comments = await dataSource.getRepository(Comment).find({ where: { postId: 13 } });
  // review: Turns with the same `postId` may share one object
  const late = await Promise.all(comments.map(({ postId }) => postRepository.findOneBy({ id: postId })));
  return { titles, late: late.map((post) => post?.title) };
}
