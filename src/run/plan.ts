import { breathing } from './breath.ts';
import { discover, type Discovered } from './discover.ts';
import type { DraftText, FirstPass, MadeDraft } from './draft.ts';
import { draftCache, NO_CACHE, type CacheRequest } from './draft-cache.ts';
import type { IgnoreWarning } from './ignore-warnings.ts';
import type { Failure, RequestedTransform } from './inspect.ts';
import type { Composition } from './composition.ts';
import type { StartWorker } from './inspect-pool.ts';
import { scan, type Scanned } from './read.ts';
import { NOTHING_FOUND, type Inspection } from './shards/inspection.ts';
import type { RunLimitRequest } from './run-limits.ts';
import { WHY_NO_TYPES } from '../facts/no-types.ts';
import type { Proposal } from '../transform.ts';

export type { IgnoreWarning } from './ignore-warnings.ts';
export type { Failure, RequestedTransform } from './inspect.ts';

/** What a run is doing. */
export interface Progress {
  readonly stage: 'scan' | 'inspect' | 'types' | 'format';
  readonly done: number;
  readonly total: number;
}

/** What to run, where, and how far. */
export interface RunRequest extends RunLimitRequest {
  /** Absolute path. Relative `paths` are relative to it. */
  readonly cwd: string;
  /** Files, folders or globs. */
  readonly paths: readonly string[];
  /** Whether each of `paths` is a name and no glob, and what is no source among them is passed over. */
  readonly isList?: boolean;
  readonly transforms: readonly RequestedTransform[];
  /** Proposals of this level and better become changes. */
  readonly level: 'safe' | 'review';
  /** Globs: only files that match one of them. */
  readonly include?: readonly string[];
  /** Globs: no files that match one of them. */
  readonly exclude?: readonly string[];
  /** Milliseconds of computing that one transform may take for one file; 30,000 unless told. */
  readonly fileTimeLimit?: number;
  /** Whether what no longer type-checks, although it did, is taken out; true unless told. Costs about one type check of the project. */
  readonly verifyTypes?: boolean;
  /**
   * Whether types, the effects of code and callers may be asked for; true unless told. Without, a run is a survey of what syntax shows: it
   * builds no program, proposes what needs none, and checks no types.
   */
  readonly types?: boolean;
  /** Whether changed files that were formatted with prettier are formatted again; true unless told. */
  readonly format?: boolean;
  /** Whether ignore comments that nothing needs are taken away; false unless told. */
  readonly removeUnusedIgnores?: boolean;
  /** The day on which ignore comments are read, as `2027-01-31`; that of the clock, in UTC, unless told. */
  readonly today?: string;
  /** Where to look for the plan of an earlier run in which nothing was different, and to keep this one; nowhere unless told. */
  readonly cache?: CacheRequest;
  /** Starts a thread that looks at files beside this one, where a run looks at syntax alone; all is done in this one unless told. */
  readonly startWorker?: StartWorker;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Takes what was found in a file as soon as all transforms have looked at it, and while the file is as it was: before comments are asked, anything
   * is composed or checked, and what other passes find. Not called where the answer is a kept one.
   */
  readonly onFound?: (found: readonly Proposal[]) => void;
  /** Takes the milliseconds that each transform took in all files, by its id. Not called where the answer is a kept one. */
  readonly onTimes?: (times: ReadonlyMap<string, number>) => void;
  /** Stops the run at the next file; `plan` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a run would make of one file. Texts are whole, byte order mark included. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  /** Null where the file is to be created. */
  readonly before: string | null;
  readonly after: string;
  /** Those whose edits are in it, with places in `before`. */
  readonly proposals: readonly Proposal[];
}

/** How far the types of changed files were checked. */
export interface TypesChecked {
  /** The tsconfig.json files, absolute. None where nothing changes that one of them includes, or nobody asked. */
  readonly configs: readonly string[];
  /** Why something was not checked, once each. */
  readonly gaps: readonly string[];
}

/** What a run looked at. Paths are absolute. */
export interface Looked {
  /** All files of the run. */
  readonly files: readonly string[];
  /** Those that some prefilter matched, or that proposals reach into. */
  readonly matched: readonly string[];
  /** Ids. */
  readonly transforms: readonly string[];
}

/** What a run would do. */
export interface Plan extends Composition {
  readonly files: {
    readonly scanned: number;
    readonly matched: number;
    readonly parsed: number;
    readonly failed: number;
  };
  /** In path and text order. */
  readonly findings: readonly Proposal[];
  /** What could not be read, parsed or inspected. */
  readonly failures: readonly Failure[];
  /** What was left out on purpose: generated and minified files. */
  readonly skipped: readonly Failure[];
  /** Arguments that name nothing. */
  readonly unmatched: readonly string[];
  readonly looked: Looked;
  /** What is to be said of ignore comments: those that do not count, that ended, and that nothing needs. */
  readonly warnings: readonly IgnoreWarning[];
  readonly changes: readonly FileChange[];
  /** How many passes it took until nothing new was proposed. */
  readonly passes: number;
  /** What the changes were type-checked with. */
  readonly types: TypesChecked;
}

const BOM = '\uFEFF';

/**
 * Finds out what `request` would do. Nothing is written but the cache, where one is asked for. A file that cannot be read,
 * parsed or inspected, and a transform that throws or does not end, is told in `failures`; everything else goes on.
 * @param given what transforms said of the files as they are, where that is known: see `joined`. No kept plan is used then.
 * @throws the reason of `request.signal` once it is aborted.
 */
export async function plan(request: RunRequest, given?: Inspection): Promise<Plan> {
  request.signal?.throwIfAborted();
  const discovered = await filesFor(request);
  const { transforms, untyped } = usableOf(request);
  const usable = { ...request, transforms };
  const cache = given === undefined ? draftCache(usable, discovered) : NO_CACHE;
  let draft = cache.find();
  if (draft === undefined) {
    const made = await draftFor(usable, discovered, given === undefined ? {} : { given });
    cache.keep(made);
    request.onTimes?.(made.times);
    draft = made.draft;
  }
  const { texts, matched, ...rest } = draft;
  const baselines = new Map(
    texts.map(({ path, before, hasBom }) => [path, before !== null && hasBom ? BOM + before : before]),
  );
  return {
    ...rest,
    unmatched: discovered.unmatched,
    looked: { files: discovered.files, matched, transforms: transforms.map(({ transform }) => transform.id) },
    types: { configs: draft.types.configs, gaps: [...draft.types.gaps, ...untyped] },
    baselines,
    isFormatted: request.format !== false,
    changes: await changesOf(request, texts),
  };
}

/** Lists the files of a run. */
export const filesFor = ({ cwd, paths, isList = false, include = [], exclude = [] }: RunRequest) =>
  discover({ cwd, paths, isList, include, exclude });

/** Reads the files of a run. */
export const scanFor = ({ transforms, onProgress }: RunRequest, { files }: Discovered): Scanned =>
  scan(
    files,
    transforms.map(({ transform }) => transform.prefilter),
    (done) => onProgress?.({ stage: 'scan', done, total: files.length }),
  );

/** The transforms that find something in such a run, and what is to be said of one that looks at syntax alone. */
export function usableOf({ transforms, types }: RunRequest): {
  readonly transforms: readonly RequestedTransform[];
  readonly untyped: readonly string[];
} {
  if (types !== false) return { transforms, untyped: [] };
  const lost = transforms.filter(({ transform }) => transform.needsTypes === true);
  const left = lost.map(({ transform }) => `\`${transform.id}\` is left out, as it needs them`);
  return {
    transforms: transforms.filter((one) => !lost.includes(one)),
    untyped: [[WHY_NO_TYPES, ...left].join('; ')],
  };
}

/** The draft of a run in which nothing matches. */
function emptyDraft({ files, failures }: Discovered, { failures: unread, skipped }: Scanned): MadeDraft {
  const all = [...failures, ...unread];
  const failed = new Set(all.map(({ path }) => path)).size;
  return {
    draft: {
      files: { scanned: files.length, matched: 0, parsed: 0, failed },
      findings: [],
      failures: all,
      skipped,
      warnings: [],
      matched: [],
      texts: [],
      steps: [],
      passes: 0,
      types: { configs: [], gaps: [] },
    },
    isRepeatable: true,
    sources: new Map(),
    asked: new Map(),
    times: new Map(),
    days: undefined,
    inspection: NOTHING_FOUND,
  };
}

/** Reads all files, and runs the transforms over those that may concern them. Parsers and the like are loaded only where there are such. */
async function draftFor(request: RunRequest, discovered: Discovered, first: FirstPass): Promise<MadeDraft> {
  const scanned = scanFor(request, discovered);
  if (scanned.matched.length === 0 && scanned.ignoring.length === 0) return emptyDraft(discovered, scanned);
  const { draftOf } = await import('./draft.ts');
  return draftOf(request, discovered, scanned, first);
}

/** The changed files, closed up: imports without use removed, formatted, byte order marks back in place. */
async function changesOf(request: RunRequest, texts: readonly DraftText[]): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  const breathe = breathing(request.signal);
  for (const [done, { path, before, composed, hasBom, proposals }] of texts.entries()) {
    await breathe();
    request.onProgress?.({ stage: 'format', done, total: texts.length });
    if (composed === before) continue;
    const { tidied } = await import('./tidy.ts');
    const after = await tidied(path, before, composed, request.format !== false);
    const bom = hasBom ? BOM : '';
    changes.push({ path, before: before === null ? null : bom + before, after: bom + after, proposals });
  }
  return changes;
}
