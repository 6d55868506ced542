// queries: 6 → 2
import { knex } from './db';
import type { Review } from './types';

export async function run() {
  const comments = await knex('comments').orderBy('id').limit(20);
  const stars: (number | undefined)[] = [];
  const postIds = [...new Set(comments.map((comment) => comment.postId))];
  const userIds = [...new Set(comments.flatMap((comment) => comment.userId ?? []))];
  const allReviews = await knex<Review>('reviews').whereIn('postId', postIds).whereIn('userId', userIds);
  const reviewsByPostId = new Map(postIds.map((id) => [id, [] as typeof allReviews]));
  for (const review of allReviews) reviewsByPostId.get(review.postId)?.push(review);
  for (const comment of comments) {
    // review: `comment.userId` is never null or undefined
    const review = reviewsByPostId.get(comment.postId)?.find((review) => review.userId === comment.userId);
    stars.push(review?.stars);
  }
  return stars;
}
