// queries: 7 → 2
import { dataSource, users } from './db';
import { Post } from './entities';
import { In } from 'typeorm';

const emails = ['bob@example.com', 'eve@example.com', 'ann@example.com', 'bob@example.com'];

export async function run() {
  const found: string[] = [];
  const users2 = await users.find({ where: { email: In([...new Set(emails)]) }, select: { email: true, id: true, name: true } });
  const userByEmail = new Map(users2.map((user) => [user.email, user]));
  const authorIds = [...new Set(users2.flatMap((user) => user?.id ?? []))];
  const postCounts = await dataSource.getRepository(Post)
    .createQueryBuilder('post')
    .select('post.authorId', 'authorId')
    .addSelect('COUNT(*)', 'count')
    .where({ authorId: In(authorIds) })
    .groupBy('post.authorId')
    .getRawMany();
  const postAuthorIds = new Set(postCounts.map((row) => row.authorId));
  for (const email of emails) {
    // review: There are at most 65,535
    const user = userByEmail.get(email) ?? null;
    if (user === null) continue;
    const hasPosts = postAuthorIds.has(user.id);
    found.push(`${user.name} ${hasPosts}`);
  }
  return found;
}
