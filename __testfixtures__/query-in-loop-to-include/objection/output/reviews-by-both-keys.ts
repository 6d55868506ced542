// queries: 5 → 2
import './db';
import { Comment, Review } from './models';

export async function run() {
  const comments = await Comment.query().whereNotNull('userId').orderBy('id', 'desc').limit(20);
  const stars: (number | undefined)[] = [];
  const postIds = [...new Set(comments.map((comment) => comment.postId))];
  const userIds = [...new Set(comments.map((comment) => comment.userId as number))];
  const allReviews = await Review.query().whereIn('postId', postIds).whereIn('userId', userIds);
  const reviewsByPostId = new Map(postIds.map((id) => [id, [] as typeof allReviews]));
  for (const review of allReviews) reviewsByPostId.get(review.postId)?.push(review);
  for (const comment of comments) {
    const { postId, userId } = comment;
    // review: `userId as number` is a number
    const review = reviewsByPostId.get(postId)?.find((review) => review.userId === userId as number);
    stars.push(review?.stars);
  }
  return stars;
}
