import { dirname, relative, sep } from 'node:path';
import type { Proposal } from '../../transform.ts';
import { NOBODY, ownersIn } from './codeowners.ts';

/** What makes one commit. */
export const GROUPINGS = ['together', 'per-transform', 'per-proposal', 'per-directory', 'per-owner'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Proposals that are committed together. */
export interface CommitGroup {
  /** `all`, the transform, the id of the proposal, the folder as seen from the top of the work tree, or the owners. */
  readonly name: string;
  readonly ids: readonly string[];
}

const seenFrom = (top: string, path: string): string => relative(top, path).split(sep).join('/') || '.';

/** What the group of a proposal goes by. */
function namerOf(grouping: Grouping, top: string): (one: Proposal) => string {
  if (grouping === 'together') return () => 'all';
  if (grouping === 'per-transform') return ({ transform }) => transform;
  if (grouping === 'per-proposal') return ({ id }) => id;
  if (grouping === 'per-directory') return ({ path }) => seenFrom(top, dirname(path));
  const ownersOf = ownersIn(top);
  return ({ path }) => ownersOf(seenFrom(top, path));
}

/** What a sort leaves to the end. */
const isLast = (name: string): boolean => name === NOBODY;

/**
 * Proposals in groups, each with the file that its finding is in. Folders and owners are sorted, what nobody owns comes last; transforms and
 * proposals keep their order.
 */
export function commitGroups(proposals: readonly Proposal[], grouping: Grouping, top: string): CommitGroup[] {
  const nameOf = namerOf(grouping, top);
  const groups = new Map<string, string[]>();
  for (const one of proposals) {
    const name = nameOf(one);
    groups.set(name, [...(groups.get(name) ?? []), one.id]);
  }
  const all = [...groups].map(([name, ids]) => ({ name, ids }));
  if (grouping === 'per-transform' || grouping === 'per-proposal') return all;
  return all.toSorted(
    (a, b) => Number(isLast(a.name)) - Number(isLast(b.name)) || (a.name < b.name ? -1 : 1),
  );
}
