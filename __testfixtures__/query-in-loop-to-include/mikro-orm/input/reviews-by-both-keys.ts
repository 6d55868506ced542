// queries: 4 → 2
import { orm } from './db';
import { Comment, Review } from './entities';

export async function run() {
  const em = orm.em.fork();
  const comments = await em.find(Comment, { user: { $ne: null } }, { orderBy: { id: 'asc' }, limit: 3 });
  const stars: (number | null)[] = [];
  for (let i = 0; i < comments.length; i++) {
    const { post, user } = comments[i];
    // review: Review.findOne in a loop → one query
    const review = await em.findOne(Review, { postId: post.id, userId: user!.id });
    stars.push(review === null ? null : review.stars);
  }
  return stars;
}
