// queries: 7 → 3
import './db';
import { Post } from './models';

export async function run() {
  const ids = [13, 12, 99];
  const found: string[] = [];
  const posts = await Post.query()
    .findByIds([...new Set(ids)])
    .withGraphFetched('[author, tags]')
    .modifyGraph('tags', (builder) => builder.orderBy('label'));
  const postById = new Map(posts.map((post) => [post.id, post]));
  for (const id of ids) {
    // review: The order of the rows that `withGraphFetched` loads
    const post = postById.get(id);
    found.push(`${post?.title} ${post?.author?.name} ${post?.tags?.map((tag) => tag.label).join('')}`);
  }
  return found;
}
