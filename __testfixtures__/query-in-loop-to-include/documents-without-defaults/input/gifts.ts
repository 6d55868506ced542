import { Badge, Gift } from './models';

/** `lean()` gives no defaults: older documents have no `kind`. */
export async function ofSameKind() {
  const badges = await Badge.find().sort({ _id: 1 }).limit(10).lean();
  const out: number[] = [];
  for (const badge of badges) {
    // review: `badge.kind` is never null or undefined
    const gifts = await Gift.find({ badge: badge._id, kind: badge.kind }).sort({ _id: 1 }).lean();
    out.push(gifts.length);
  }
  return out;
}

/** What was shown once is not shown again. */
export async function notYetShown() {
  const badges = await Badge.find().sort({ _id: 1 }).limit(10).lean();
  const shown: unknown[] = [];
  for (const badge of badges) {
    // report: A turn changes a list that its query is told: `shown.push(gift._id)`
    const gifts = await Gift.find({ badge: badge._id, _id: { $nin: shown } }).sort({ _id: 1 }).lean();
    for (const gift of gifts) shown.push(gift._id);
  }
  return shown;
}

/** One key is of the outer list, the other of the inner one. */
export async function twins() {
  const badges = await Badge.find().sort({ _id: 1 }).limit(10).lean();
  const gifts = await Gift.find().sort({ _id: 1 }).limit(10).lean();
  const out: number[] = [];
  for (const badge of badges) {
    for (const gift of gifts) {
      // report: `title` is compared with what belongs to another list
      const same = await Gift.find({ badge: badge._id, title: gift.title }).sort({ _id: 1 }).lean();
      out.push(same.length);
    }
  }
  return out;
}
