// queries: 6 → 4
import './db';
import { Post, User } from './models';

export async function run() {
  return User.transaction(async (trx) => {
    await Post.query(trx).insert({ id: 17, title: 'new', price: '3.30', authorId: 2, published: false });
    const users = await User.query(trx)
      .findByIds([3, 1, 2])
      .orderBy('id')
      .limit(3)
      .withGraphFetched('posts')
      .modifyGraph('posts', (builder) => builder.select('title').orderBy('id'));
    const titles: string[][] = [];
    for (const user of users) {
      // review: Post.where in a loop → eager loading
      const posts = user.posts ?? [];
      titles.push(posts.map((post) => post.title));
    }
    await Post.query(trx).deleteById(17);
    return titles;
  });
}
