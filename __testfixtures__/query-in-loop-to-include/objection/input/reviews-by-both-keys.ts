// queries: 5 → 2
import './db';
import { Comment, Review } from './models';

export async function run() {
  const comments = await Comment.query().whereNotNull('userId').orderBy('id', 'desc').limit(20);
  const stars: (number | undefined)[] = [];
  for (const comment of comments) {
    const { postId, userId } = comment;
    // review: `userId as number` is a number
    const review = await Review.query().findById([postId, userId as number]);
    stars.push(review?.stars);
  }
  return stars;
}
