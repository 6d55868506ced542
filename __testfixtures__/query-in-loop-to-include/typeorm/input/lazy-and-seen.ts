// queries: 7
import { posts as postRepository } from './db';

/** What a lazy relation loaded is seen in the rows that are given back. */
export async function run() {
  const posts = await postRepository.find({ order: { price: 'ASC', id: 'ASC' } });
  const names: (string | undefined)[] = [];
  for (const post of posts) {
    // report: are seen elsewhere, with all that they have
    const editor = await post.editor;
    names.push(editor?.name);
  }
  return { names, posts: JSON.stringify(posts) };
}
