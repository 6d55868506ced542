// queries: 4 → 2
import './db';
import { User } from './models';

export async function run() {
  const minimum = '0.50';
  const users = await User.query()
    .whereNotNull('email')
    .orderBy('name')
    .limit(50)
    .withGraphFetched('posts')
    .modifyGraph('posts', (builder) => builder.where({ published: true }).where('price', '>', minimum).orderBy('title').orderBy('id', 'desc'));
  const lines: string[] = [];
  for (const user of users) {
    // review: Post.where in a loop → eager loading
    const posts = user.posts ?? [];
    for (const post of posts) lines.push(`${user.name}: ${post.title} ${post.price}`);
  }
  return lines;
}
