import { canDecide, countsOf, type Counts } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';

/** What some items that have something in common came to. */
export interface Total extends Counts {
  readonly label: string;
  readonly all: number;
}

/** How many folders deep a directory is told. */
const MOST_DEEP = 2;

/** The first folders of a path. */
export const directoryOf = (path: string): string => {
  const folders = path.split('/').slice(0, -1).slice(0, MOST_DEEP);
  return folders.length === 0 ? './' : `${folders.join('/')}/`;
};

/** Items counted by what `of` says of them, the most first. What is only reported is left out. */
export function totalsBy(
  items: readonly ReviewItem[],
  decisions: Decisions,
  of: (item: ReviewItem) => string,
): Total[] {
  const groups = new Map<string, ReviewItem[]>();
  for (const item of items.filter(canDecide)) {
    const own = groups.get(of(item));
    if (own === undefined) groups.set(of(item), [item]);
    else own.push(item);
  }
  return [...groups]
    .map(([label, own]) => ({ label, all: own.length, ...countsOf(own, decisions) }))
    .toSorted((a, b) => b.all - a.all || (a.label < b.label ? -1 : 1));
}

/** The files that what is accepted changes. */
export const acceptedFiles = (items: readonly ReviewItem[], decisions: Decisions): number =>
  new Set(items.filter(({ id }) => decisions.get(id)?.verdict === 'accepted').flatMap(({ files }) => files))
    .size;
