// page: rows counted by key
// queries: 13 → 3
import { dataSource } from './db';
import { Comment, Post } from './entities';
import { In } from 'typeorm';

export async function run() {
  const commentRepository = dataSource.getRepository(Comment);
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, take: 50 });
  const rows: [string, number, number][] = [];
  const commentCounts = await commentRepository
    .createQueryBuilder('comment')
    .select('comment.postId', 'postId')
    .addSelect('COUNT(*)', 'count')
    .where({ postId: In(posts.map((post) => post.id)) })
    .groupBy('comment.postId')
    .getRawMany();
  const commentCountByPostId = new Map(commentCounts.map((row) => [row.postId, Number(row.count)]));
  const commentCounts2 = await commentRepository
    .createQueryBuilder('comment')
    .select('comment.postId', 'postId')
    .addSelect('COUNT(*)', 'count')
    .withDeleted()
    .where({ postId: In(posts.map((post) => post.id)) })
    .groupBy('comment.postId')
    .getRawMany();
  const commentCountByPostId2 = new Map(commentCounts2.map((row) => [row.postId, Number(row.count)]));
  for (let i = 0; i < posts.length; i++) {
    // safe: one query
    const comments = commentCountByPostId.get(posts[i].id) ?? 0;
    const ever = commentCountByPostId2.get(posts[i].id) ?? 0;
    rows.push([posts[i].title, comments, ever]);
  }
  return rows;
}
