import type { FirstPass } from '../draft.ts';
import { filesFor, scanFor, usableOf, type Failure, type RunRequest } from '../plan.ts';
import type { MatchedText } from '../read.ts';
import { NOTHING_FOUND, type Inspection } from './inspection.ts';
import { split, type Shard } from './split.ts';
import { digestOf, filesDigest } from './why-not-joined.ts';

/** What a part of the files of a run gave. Paths are absolute. */
export interface InspectedShard {
  readonly inspection: Inspection;
  /** The files that were looked at, in order. */
  readonly looked: readonly string[];
  /** How many files the run has, in all shards. */
  readonly scanned: number;
  /** A digest of all files of the run. */
  readonly files: string;
  /** Digests of everything else that was read; null where there is no such file. */
  readonly read: ReadonlyMap<string, string | null>;
  /** What could not be listed or read, in any shard. */
  readonly failures: readonly Failure[];
  readonly unmatched: readonly string[];
}

/** What is looked at in a shard: a file weighs as much as it has text for each transform that looks at it. */
function ownOf(matched: readonly MatchedText[], { index, of }: Shard, root: string): ReadonlySet<string> {
  const weighed = matched.map(({ path, text, matches }) => ({
    path,
    weight: (text.length + 1) * matches.filter(Boolean).length,
  }));
  const shards = split(weighed, of, root);
  return new Set(weighed.map(({ path }) => path).filter((path) => shards.get(path) === index - 1));
}

/** What shards have to be compared with: the files of the run as they are here. */
export async function inspectedHere(
  request: RunRequest,
  root: string,
): Promise<{ readonly files: string; readonly matched: readonly string[] }> {
  const discovered = await filesFor(request);
  const scanned = scanFor({ ...request, transforms: usableOf(request).transforms }, discovered);
  return {
    files: filesDigest(discovered.files, root),
    matched: scanned.matched.map(({ path }) => path),
  };
}

/**
 * Looks at the files of one shard, with the whole program around them, and composes nothing: `joined` makes of all shards what a run over all files sees.
 * @param root the folder that names of files are seen from.
 * @throws the reason of `request.signal` once it is aborted.
 */
export async function inspectShard(request: RunRequest, shard: Shard, root: string): Promise<InspectedShard> {
  const discovered = await filesFor(request);
  const usable = { ...request, transforms: usableOf(request).transforms };
  const scanned = scanFor(usable, discovered);
  const own = ownOf(scanned.matched, shard, root);
  const { draftOf } = await import('../draft.ts');
  const first: FirstPass = { own };
  const made = own.size === 0 ? undefined : await draftOf(usable, discovered, scanned, first);
  // The digest of all files covers these.
  const inRun = new Set(discovered.files);
  const asked = [...(made?.asked ?? [])].filter(([path]) => !inRun.has(path));
  return {
    inspection: made?.inspection ?? NOTHING_FOUND,
    looked: [...own],
    scanned: discovered.files.length,
    files: filesDigest(discovered.files, root),
    read: new Map(asked.map(([path, text]) => [path, text === undefined ? null : digestOf(text)])),
    failures: [...discovered.failures, ...scanned.failures],
    unmatched: discovered.unmatched,
  };
}
