// page: a relation loaded with its rows
// queries: 6 → 1
import { dataSource } from './db';
import { Post, User } from './entities';

export async function run() {
  const userRepository = dataSource.getRepository(User);
  const posts = await dataSource.getRepository(Post).find({ order: { title: 'ASC', id: 'DESC' }, relations: { author: true } });
  const lines: string[] = [];
  for (const post of posts) {
    if (!post.authorId) {
      lines.push(`${post.title} by nobody`);
      continue;
    }
    // safe: eager loading
    const author = post.author;
    lines.push(`${post.title} (${post.price}) by ${author === null ? 'somebody who left' : author.name}`);
  }
  return lines;
}
