// page: What a row is asked for
// queries: 12 → 4
import './db';
import { Post } from './models';

export async function run() {
  const posts = await Post.query().orderBy('id').limit(100).withGraphFetched('tags');
  const labels: string[] = [];
  for (const post of posts) {
    // review: Post.tags in a loop → eager loading
    const tags = post.tags ?? [];
    labels.push(tags.map((tag) => tag.label).sort().join(' '));
  }
  const published = await Post.query()
    .where('published', true)
    .orderBy('id')
    .limit(100)
    .withGraphFetched('author');
  const authors: (string | undefined)[] = [];
  for (const post of published) {
    // review: Post.author in a loop → eager loading
    const author = post.author ?? undefined;
    authors.push(author === undefined ? undefined : author.name);
  }
  return { labels, authors };
}
