// queries: 6 → 1
import { posts as postRepository } from './db';

export async function run() {
  const posts = await postRepository.find({ relations: { author: true, category: true }, order: { id: 'ASC' } });
  const lines: string[] = [];
  for (const post of posts) {
    if (post.categoryId !== null) {
      // safe: eager loading
      const category = post.category;
      lines.push(`${post.author?.name} ${category?.slug ?? 'gone'}`);
    }
  }
  return lines;
}
