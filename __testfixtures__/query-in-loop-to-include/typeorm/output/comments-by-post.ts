// queries: 13 → 3
import { dataSource } from './db';
import { Comment, Post } from './entities';
import { In } from 'typeorm';

/** The relation is named instead of its column, as it is where entities have none. */
export async function run() {
  const commentRepository = dataSource.getRepository(Comment);
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, take: 50 });
  const commentCounts = await commentRepository
    .createQueryBuilder('comment')
    .select('comment.postId', 'postId')
    .addSelect('COUNT(*)', 'count')
    .where({ postId: In(posts.map((post) => post.id)) })
    .groupBy('comment.postId')
    .getRawMany();
  const commentCountByPostId = new Map(commentCounts.map((row) => [row.postId, Number(row.count)]));
  const postIds = posts.map((post) => post.id);
  const allComments = await commentRepository.find({
    where: { post: { id: In(postIds) } },
    order: { id: 'ASC' },
  });
  const commentsByPostId = new Map(postIds.map((id) => [id, [] as typeof allComments]));
  for (const comment of allComments) commentsByPostId.get(comment.postId)?.push(comment);
  const lines = posts.map((post) => {
    // review: has its row of `Post`, as a foreign key sees to
    const number = commentCountByPostId.get(post.id) ?? 0;
    const comments = commentsByPostId.get(post.id) ?? [];
    return `${post.title} ${number} ${comments.map(({ id, body }) => `${id} ${body}`).join(', ')}`;
  });
  return lines;
}
