// queries: 7 → 5
import { knex } from './db';

export async function run() {
  return knex.transaction(async (trx) => {
    const [fresh] = await trx('posts')
      .insert({ id: 17, title: 'new', price: '3.30', authorId: 2, published: false })
      .returning('id');
    const authors = await trx('users').whereIn('id', [1, 2, 3]).orderBy('id').limit(3);
    const counts: string[] = [];
    const authorIds = authors.map((author) => author.id);
    const allPosts = await trx('posts').whereIn('authorId', authorIds).orderBy('id').select('authorId', 'id');
    const postsByAuthorId = new Map(authorIds.map((id) => [id, [] as typeof allPosts]));
    for (const post of allPosts) postsByAuthorId.get(post.authorId!)?.push(post);
    for (const author of authors) {
      // review: posts.where in a loop → one query
      const posts = postsByAuthorId.get(author.id) ?? [];
      const ids = posts.map((post) => post.id);
      counts.push(`${author.name}: ${ids.join(' ')}`);
    }
    await trx('posts').where('id', fresh.id).del();
    await knex('users').transacting(trx).where('id', 3).update({ teamId: 8 });
    return counts;
  });
}
