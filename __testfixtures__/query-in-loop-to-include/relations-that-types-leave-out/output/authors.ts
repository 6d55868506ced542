// queries: 5 → 1
import { dataSource } from './db';
import { Post, User } from './entities';

/** An author is a user or null, whatever the property of the post may be. */
export async function run() {
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, relations: { author: true } });
  const names: (string | null)[] = [];
  for (const post of posts) {
    if (post.authorId === null) continue;
    // safe: eager loading
    const author: User | null = post.author ?? null;
    names.push(author === null ? null : author.name);
  }
  return names;
}
