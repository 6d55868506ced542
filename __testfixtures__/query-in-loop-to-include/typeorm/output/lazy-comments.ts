// queries: 3 → 2
import { posts as postRepository } from './db';

export async function run() {
  const posts = await postRepository.find({ where: { status: 'published', price: '10.50' }, relations: { comments: true } });
  const free = await postRepository.findBy({ status: 'draft' });
  const numbers: Record<string, number> = {};
  for (const post of posts) {
    // review: The order of the rows of `Post` does not matter
    const comments = await post.comments;
    numbers[post.id] = comments.length;
  }
  return { numbers, free: free.length };
}
