// queries: 5 → 1
import { dataSource } from './db';
import { Post } from './entities';

export async function run() {
  const posts = await dataSource.manager.find(Post, {
    relations: { author: true, editor: true },
    order: { id: 'DESC' },
  });
  const lines = await Promise.all(
    posts.map(async (post) => {
      if (post.status === 'draft') return `${post.title} by ${post.author?.name}`;
      // safe: eager loading
      const editor = await post.editor;
      return `${post.title} by ${post.author?.name}, read by ${editor?.name}`;
    }),
  );
  return lines;
}
