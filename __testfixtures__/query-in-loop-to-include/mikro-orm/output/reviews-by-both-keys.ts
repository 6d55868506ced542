// queries: 4 → 2
import { orm } from './db';
import { Comment, Review } from './entities';

export async function run() {
  const em = orm.em.fork();
  const comments = await em.find(Comment, { user: { $ne: null } }, { orderBy: { id: 'asc' }, limit: 3 });
  const stars: (number | null)[] = [];
  const postIds = [...new Set(comments.map(({ post }) => post.id))];
  const userIds = [...new Set(comments.map(({ user }) => user!.id))];
  const allReviews = await em.find(Review, { postId: { $in: postIds }, userId: { $in: userIds } });
  const reviewsByPostId = new Map(postIds.map((id) => [id, [] as typeof allReviews]));
  for (const review of allReviews) reviewsByPostId.get(review.postId)?.push(review);
  for (let i = 0; i < comments.length; i++) {
    const { post, user } = comments[i];
    // review: Review.findOne in a loop → one query
    const review = reviewsByPostId.get(post.id)?.find((review) => review.userId === user!.id) ?? null;
    stars.push(review === null ? null : review.stars);
  }
  return stars;
}
