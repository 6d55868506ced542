// page: the rows of all keys
// queries: 5 → 2
import { posts as postRepository, users as userRepository } from './db';
import { In } from 'typeorm';

export async function run() {
  const users = await userRepository.find({ order: { name: 'ASC' }, take: 100 });
  const digests: string[] = [];
  const authorIds = users.map((user) => user.id);
  const allPosts = await postRepository.find({
    where: { authorId: In(authorIds), status: 'published' },
    order: { title: 'ASC', id: 'ASC' },
  });
  const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
  for (const user of users) {
    // safe: one query
    const posts = postsByAuthorId.get(user.id) ?? [];
    digests.push(`${user.name}: ${posts.map(({ id, title }) => `${title} (${id})`).join(', ')}`);
  }
  return digests;
}
