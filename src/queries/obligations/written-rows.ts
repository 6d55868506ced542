/** Effects on the rows that a query looks at. */

import { mayBeSame } from '../../facts/effects/conflicts.ts';
import type { Effect } from '../../facts/effects/effect.ts';
import type { File, Query } from '../query.ts';

/** The table that an effect is on. */
export const tableOf = ({ resource }: Effect): string => (resource.kind === 'table' ? resource.name : '*');

/** Whether a query looks at what an effect writes: for certain, perhaps, or not. */
export function isSeenBy(query: Query, { resource, certainty }: Effect): 'certain' | 'possible' | undefined {
  if (resource.kind !== 'table') return undefined;
  const seen = query.reads.filter((name) =>
    mayBeSame({ kind: 'table', database: query.orm, name }, resource),
  );
  if (seen.length === 0) return undefined;
  return resource.name !== '*' && certainty === 'proved' && seen.some((name) => name !== '*')
    ? 'certain'
    : 'possible';
}

/** The method of a chain that deletes rows, and marks none as deleted. */
const DELETES = /\.(?:delete\w*|destroy\w*|del|remove\w*|nativeDelete)(?:$|\()/;

/** Whether an effect deletes rows by whose deletion rows of a query's model are deleted too, or lose their keys. */
export function isDeletionOf(
  file: File,
  { resource, certainty, by }: Effect,
  { orm, model }: Query,
): boolean {
  if (resource.kind !== 'table' || resource.name === '*' || certainty !== 'proved' || !DELETES.test(by))
    return false;
  const deleted = file.facts.modelOf(file.path, orm, resource.name);
  return (
    deleted?.softDelete === undefined &&
    [...deletedBefore(file, orm, model)].some(
      (one) => one === deleted?.table || mayBeSame({ kind: 'table', database: orm, name: one }, resource),
    )
  );
}

/** The models whose deleted rows take rows of `model` with them or empty their keys, at once or one after the other. */
function* deletedBefore(
  file: File,
  orm: Query['orm'],
  model: Query['model'],
  seen: ReadonlySet<string> = new Set(),
): Generator<string> {
  for (const { model: name } of model?.deleteRules ?? []) {
    if (seen.has(name)) continue;
    yield name;
    const next = file.facts.modelOf(file.path, orm, name);
    const cascades = next?.deleteRules?.filter(({ rule }) => rule === 'cascade');
    if (next !== undefined && cascades !== undefined)
      yield* deletedBefore(file, orm, { ...next, deleteRules: cascades }, new Set([...seen, name]));
  }
}
