import { resolve } from 'node:path';
import { MergeError, UsageError } from '../errors.ts';
import { Json } from '../run/json-value.ts';
import { plan as planOf } from '../run/plan.ts';
import { asShardDocument } from '../run/shards/document.ts';
import { joined } from '../run/shards/inspection.ts';
import { inspectedHere } from '../run/shards/inspect-shard.ts';
import { whyNotHere, whyNotTogether, type NamedShard } from '../run/shards/why-not-joined.ts';
import { messageOf } from '../run/whole-file.ts';
import type { Transform } from '../transform.ts';
import { checkedOf, type Checked, type CheckChoice } from './check.ts';
import { folderOf, loaded, planned, type Loaded, type Planned } from './plan.ts';
import { readJson } from './plan-file.ts';
import type { SearchRequest, Watched } from './request.ts';
import { asksOf, placeInRoot, rootOfShards, searchIn } from './shard.ts';

/** What `merge` is asked for. What is left out is as the shards were asked for. */
export interface MergeRequest
  extends CheckChoice, Watched, Pick<SearchRequest, 'cwd' | 'level' | 'verifyTypes' | 'today' | 'failures'> {
  /** Paths of what `hasten check --shard` printed, or that itself, read as JSON. */
  readonly shards: readonly (string | object)[];
  /** Those of the transforms that were handed over to `shard`, and not named. */
  readonly transforms?: readonly Transform[] | undefined;
}

/** What was read of a shard, under the name that messages give it. */
interface Read {
  readonly name: string;
  readonly value: unknown;
}

/** What `as` makes of a part of a shard's file; what is wrong with it is told with its name. */
function understood<T>({ name, value }: Read, as: (json: Json) => T): T {
  try {
    return as(new Json(value, 'it'));
  } catch (error) {
    throw new UsageError(`${name}: this is no shard: ${messageOf(error)}.`, { cause: error });
  }
}

/** The request that the shards were made for, with what is asked for anew. */
function searchOf(first: Read, request: MergeRequest, cwd: string) {
  const { at, search } = understood(first, (json) => {
    if (json.key('search').isMissing) throw json.wrong('what --shard prints');
    return searchIn(json.key('search'));
  });
  const own = new Map((request.transforms ?? []).map((one) => [one.id, one]));
  const { level = search.level, verifyTypes = search.verifyTypes, today, signal, onEvent } = request;
  const transforms = search.transforms?.map((one) => (typeof one === 'string' ? (own.get(one) ?? one) : one));
  return { at, search: { ...search, transforms, level, verifyTypes, today, signal, onEvent, cwd } };
}

/** Reads the shards, and makes sure that they are all of one run, over the files that are here. */
async function checkedShards(
  read: readonly Read[],
  all: Loaded,
  root: string,
): Promise<{ readonly shards: readonly NamedShard[]; readonly matched: readonly string[] }> {
  const shards = read.map((one) => ({
    name: one.name,
    document: understood(one, (json) => asShardDocument(json, root)),
  }));
  const apart = whyNotTogether(shards);
  if (apart !== undefined) throw new MergeError(apart);
  const { files, matched } = await inspectedHere(all.run, root);
  const elsewhere = whyNotHere(shards, { asks: asksOf(all), files, matched, root });
  if (elsewhere !== undefined) throw new MergeError(elsewhere);
  return { shards, matched };
}

/**
 * Makes of all shards of a run what that run comes to: what they found is judged, composed and checked here, as if it had been found here.
 * @throws {MergeError} where shards are missing or double, or not of one run, or the files are others here; {UsageError} for what is no shard.
 */
export async function mergedPlan(request: MergeRequest): Promise<Planned> {
  const cwd = folderOf(request);
  const read = request.shards.map((one, index): Read =>
    typeof one === 'string'
      ? { name: one, value: readJson(resolve(cwd, one), 'shard') }
      : { name: `the shard at ${index}`, value: one },
  );
  const [first] = read;
  if (first === undefined) throw new UsageError('There is no shard to merge.');
  const { at, search } = searchOf(first, request, cwd);
  const all = await loaded(search);
  const root = rootOfShards(all);
  if (placeInRoot(root, cwd) !== at)
    throw new MergeError(
      `The shards were made in ${at === '' ? 'the root of the project' : at}: merge there.`,
    );
  const { shards, matched } = await checkedShards(read, all, root);
  const inspection = joined(
    shards.map(({ document }) => document.inspection),
    matched,
  );
  return planned(await planOf(all.run, inspection), all, request);
}

/**
 * Makes of all shards what `check` says of the whole.
 * @throws as `mergedPlan`, and {BaselineError} for a baseline that cannot be used; the signal's reason once it is aborted.
 */
export const merge = async (request: MergeRequest): Promise<Checked> =>
  checkedOf(await mergedPlan(request), request);
