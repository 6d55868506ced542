// page: What a row is asked for
// queries: 12 → 4
import './db';
import { Post } from './models';

export async function run() {
  const posts = await Post.query().orderBy('id').limit(100);
  const labels: string[] = [];
  for (const post of posts) {
    // review: Post.tags in a loop → eager loading
    const tags = await post.$relatedQuery('tags');
    labels.push(tags.map((tag) => tag.label).sort().join(' '));
  }
  const published = await Post.query().where('published', true).orderBy('id').limit(100);
  const authors: (string | undefined)[] = [];
  for (const post of published) {
    // review: Post.author in a loop → eager loading
    const author = await post.$relatedQuery('author');
    authors.push(author === undefined ? undefined : author.name);
  }
  return { labels, authors };
}
