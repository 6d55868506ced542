// queries: 8 → 2
import { dataSource } from './db';
import { Comment, Post } from './entities';

/** Relations that are loaded when they are waited for. */
export async function run() {
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, relations: { editor: true } });
  const lines: string[] = [];
  for (const post of posts) {
    // safe: eager loading
    const editor = await post.editor;
    lines.push(`${post.title} ${editor?.name ?? 'nobody'}`);
  }
  const comments = await dataSource.getRepository(Comment).count();
  return { lines, comments };
}
