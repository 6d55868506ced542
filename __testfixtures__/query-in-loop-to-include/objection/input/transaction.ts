// queries: 6 → 4
import './db';
import { Post, User } from './models';

export async function run() {
  return User.transaction(async (trx) => {
    await Post.query(trx).insert({ id: 17, title: 'new', price: '3.30', authorId: 2, published: false });
    const users = await User.query(trx).findByIds([3, 1, 2]).orderBy('id').limit(3);
    const titles: string[][] = [];
    for (const user of users) {
      // review: Post.where in a loop → eager loading
      const posts = await Post.query(trx).select('title').where('authorId', user.id).orderBy('id');
      titles.push(posts.map((post) => post.title));
    }
    await Post.query(trx).deleteById(17);
    return titles;
  });
}
