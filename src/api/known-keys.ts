import { UsageError } from '../errors.ts';
import type { ApplyRequest } from './apply.ts';
import type { CheckRequest } from './check.ts';
import type { JournalRequest, UndoRequest } from './journal.ts';
import type { MergeRequest } from './merge.ts';
import type { SearchRequest, WritingRequest } from './request.ts';
import type { RunRequest } from './run.ts';
import type { ShardRequest } from './shard.ts';
import { suggestion } from './suggest.ts';

/** Every key of a request: a type would not compile with one too few or too many. */
type Keys<T> = Readonly<Record<keyof T, true>>;

const SEARCH: Keys<SearchRequest> = {
  cwd: true,
  paths: true,
  isList: true,
  transforms: true,
  sets: true,
  options: true,
  config: true,
  level: true,
  verifyTypes: true,
  types: true,
  timeLimit: true,
  memoryLimit: true,
  cache: true,
  removeUnusedIgnores: true,
  today: true,
  failures: true,
  signal: true,
  onEvent: true,
};
const WRITING: Keys<WritingRequest> = { dryRun: true, allowDirty: true, verify: true, commit: true };
const CHECKING = { failOn: true, baseline: true, writeBaseline: true } as const;
const JOURNAL: Keys<JournalRequest> = { cwd: true, signal: true };

const RUN: Keys<RunRequest> = { ...SEARCH, ...WRITING };
const CHECK: Keys<CheckRequest> = { ...SEARCH, ...CHECKING };
const SHARD: Keys<ShardRequest> = { ...SEARCH, shard: true };
const UNDO: Keys<UndoRequest> = { ...JOURNAL, run: true, keepEdited: true };
const APPLY: Keys<ApplyRequest> = {
  ...WRITING,
  ...JOURNAL,
  plan: true,
  decisions: true,
  root: true,
  onEvent: true,
};
const MERGE: Keys<MergeRequest> = {
  ...CHECKING,
  ...JOURNAL,
  shards: true,
  transforms: true,
  level: true,
  verifyTypes: true,
  today: true,
  failures: true,
  onEvent: true,
};

const KEYS = {
  plan: SEARCH,
  run: RUN,
  check: CHECK,
  apply: APPLY,
  shard: SHARD,
  merge: MERGE,
  undo: UNDO,
  resume: JOURNAL,
  runs: JOURNAL,
} as const;

/**
 * A request as it is: a slip in a key, as in `dryrun`, would else have something done that nobody asked for.
 * @throws {UsageError} for a key that the function does not know.
 */
export function withKnownKeys<T extends object | undefined>(name: keyof typeof KEYS, request: T): T {
  const known = Object.keys(KEYS[name]);
  for (const key of Object.keys(request ?? {}))
    if (!known.includes(key))
      throw new UsageError(`\`${name}\` is not asked for \`${key}\`.${suggestion(key, known)}`);
  return request;
}
