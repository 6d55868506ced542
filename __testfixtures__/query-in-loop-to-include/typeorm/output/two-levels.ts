// queries: 9 → 3
import { dataSource } from './db';
import { Category, Comment, Post } from './entities';
import { In } from 'typeorm';

export async function run() {
  const comments = await dataSource.getRepository(Comment).find({ order: { id: 'ASC' }, take: 10 });
  const slugs: string[] = [];
  const postIds = [...new Set(comments.map((comment) => comment.postId))];
  const posts = await dataSource.getRepository(Post).findBy({ id: In(postIds) });
  const postById = new Map(posts.map((post) => [post.id, post]));
  const categoryIds = [...new Set(posts.flatMap((post) => post?.categoryId ?? []))];
  const categories = await dataSource.getRepository(Category).findBy({ id: In(categoryIds) });
  const categoryById = new Map(categories.map((category) => [category.id, category]));
  for (const comment of comments) {
    // review: one query
    const post = postById.get(comment.postId) ?? null;
    if (!post?.categoryId) continue;
    const category = categoryById.get(post.categoryId) ?? null;
    slugs.push(`${comment.body} in ${category?.slug ?? 'none'}`);
  }
  return slugs;
}
