import type { Verdict } from '../evidence.ts';
import type { Proposal } from '../transform.ts';
import { shapeOf, sharedText } from './alike.ts';

/** What claims that read alike have in common, and how many there are. */
export interface AlikeClaims {
  readonly verdict: Verdict;
  readonly claim: string;
  readonly count: number;
}

/** The claims of one verdict, those that read alike as one, the most frequent first. */
export function claimsOf(proposals: readonly Proposal[], verdict: Verdict): readonly AlikeClaims[] {
  const alike = new Map<string, string[]>();
  for (const { evidence } of proposals)
    for (const one of evidence.filter((piece) => piece.verdict === verdict)) {
      const shape = shapeOf(one.claim);
      const known = alike.get(shape);
      if (known === undefined) alike.set(shape, [one.claim]);
      else known.push(one.claim);
    }
  return [...alike.values()]
    .map((claims) => ({ verdict, claim: sharedText(claims), count: claims.length }))
    .toSorted((a, b) => b.count - a.count);
}
