// queries: 13 → 4
import { In, Not } from 'typeorm';
import { dataSource, users as userRepository } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const users = await userRepository.find({ where: { id: Not(9) }, order: { id: 'DESC' }, take: 10 });
  const lines: string[] = [];
  const postCounts = await dataSource.manager
    .createQueryBuilder(Post, 'post')
    .select('post.authorId', 'authorId')
    .addSelect('COUNT(*)', 'count')
    .where({ status: Not('draft'), authorId: In(users.map((user) => user.id)) })
    .groupBy('post.authorId')
    .getRawMany();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  const commentCounts = await dataSource.manager
    .createQueryBuilder(Comment, 'comment')
    .select('comment.userId', 'userId')
    .addSelect('COUNT(*)', 'count')
    .where({ userId: In(users.map((user) => user.id)), postId: In([13, 12]) })
    .groupBy('comment.userId')
    .getRawMany();
  const commentUserIds = new Set(commentCounts.map((row) => row.userId));
  const managerIds = users.map((user) => user.id);
  const allUsers = managerIds.length === 0 ? [] : await dataSource
    .createQueryBuilder()
    .select('report')
    .from(User, 'report')
    .where('report.managerId IN (:...managerIds) AND report.name != :name', { managerIds, name: 'Dan' })
    .orderBy('report.id')
    .getMany();
  const usersByManagerId = new Map(managerIds.map((id) => [id, [] as typeof allUsers]));
  for (const row of allUsers) usersByManagerId.get(row.managerId!)?.push(row);
  for (const user of users) {
    // safe: one query
    const public_ = postCountByAuthorId.get(user.id) ?? 0;
    const remarks = commentUserIds.has(user.id);
    const reports = usersByManagerId.get(user.id) ?? [];
    lines.push(`${user.name} ${public_} ${remarks} ${reports.map(({ name }) => name).join()}`);
  }
  return lines;
}
