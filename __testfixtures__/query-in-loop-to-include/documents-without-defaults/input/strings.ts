import { Schema } from 'mongoose';
import { Badge, Gift } from './models';

const { String } = Schema.Types;

/** Here, `String` is a type of columns. */
export const title = { type: String };

export async function namesOfBadges() {
  const gifts = await Gift.find().sort({ _id: 1 }).limit(10).lean();
  const out: (string | undefined)[] = [];
  for (const gift of gifts) {
    // report: this file has a `String` of its own
    const badge = await Badge.findById(gift.badge).lean();
    out.push(badge?.name);
  }
  return out;
}
