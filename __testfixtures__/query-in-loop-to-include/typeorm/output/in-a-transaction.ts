// queries: 6 → 3
import { dataSource } from './db';
import { Post, User } from './entities';
import { In } from 'typeorm';

export async function run() {
  return dataSource.transaction(async (manager) => {
    await manager.insert(Post, { id: 17, title: 'q', status: 'published', authorId: 3 });
    const users = await manager.find(User, { where: {}, order: { id: 'ASC' }, take: 10 });
    const titles: Record<string, string[]> = {};
    const authorIds = users.map((user) => user.id);
    const allPosts = await manager.findBy(Post, { authorId: In(authorIds), status: 'published' });
    const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
    for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
    for (const user of users) {
      // review: The order of the rows with one `authorId` does not matter
      const posts = postsByAuthorId.get(user.id) ?? [];
      titles[user.name] = posts.map(({ title }) => title).sort();
    }
    return titles;
  });
}
