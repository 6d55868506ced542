import type { Colors } from 'picocolors/types.js';
import type { Run, Runs } from '../../run/journal/runs.ts';
import type { Failure } from '../../run/plan.ts';
import { counted, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';

export interface JsonRunFile {
  readonly path: string;
  /** Whether the run made the file. */
  readonly created: boolean;
}

export interface JsonRun {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly began: string;
  readonly state: 'done' | 'unfinished' | 'undone';
  /** What was stopped half way; null unless `unfinished`. */
  readonly stopped: 'run' | 'undo' | null;
  readonly level: 'safe' | 'review';
  /** As they were typed. */
  readonly paths: readonly string[];
  /** The ids of those that changed something. */
  readonly transforms: readonly string[];
  readonly files: readonly JsonRunFile[];
  /** Those of `files` that could not be written or, where the run is undone, that were edited since and stayed as they were. */
  readonly left: readonly string[];
}

/** What `hasten log --format json` prints. Within version 1 nothing in it is renamed or removed. */
export interface JsonLog {
  readonly version: 1;
  /** The newest first. */
  readonly runs: readonly JsonRun[];
  readonly failures: readonly Failure[];
}

function stateOf({ state: { phase } }: Run): Pick<JsonRun, 'state' | 'stopped'> {
  if (phase === 'writing') return { state: 'unfinished', stopped: 'run' };
  if (phase === 'undoing') return { state: 'unfinished', stopped: 'undo' };
  return { state: phase, stopped: null };
}

const transformsOf = ({ record }: Run): string[] =>
  [
    ...new Set(record.files.flatMap(({ proposals }) => proposals.map(({ transform }) => transform))),
  ].toSorted();

function asJsonRun(run: Run, cwd: string): JsonRun {
  const { id, began, asked, files } = run.record;
  return {
    id,
    began,
    ...stateOf(run),
    level: asked.level,
    paths: asked.paths,
    transforms: transformsOf(run),
    files: files.map(({ path, before }) => ({ path: pathFrom(cwd, path), created: before === null })),
    left: run.state.left.map((path) => pathFrom(cwd, path)),
  };
}

/** The recorded runs in the shape promised to scripts. Paths are relative to `cwd`. */
export const jsonLog = ({ runs, failures }: Runs, cwd: string): JsonLog => ({
  version: 1,
  runs: runs.toReversed().map((run) => asJsonRun(run, cwd)),
  failures: failures.map(({ path, reason }) => ({ path: pathFrom(cwd, path), reason })),
});

const PAINTED = { done: 'green', unfinished: 'red', undone: 'dim' } as const;

/** The recorded runs, one a line and the newest first: id, state, time, files, level and transforms. */
export function* logReport({ runs }: Runs, colors: Colors): Iterable<string> {
  for (const run of runs.toReversed()) {
    const { id, began, asked, files } = run.record;
    const { state, stopped } = stateOf(run);
    const shown = colors[PAINTED[state]](state.padEnd('unfinished'.length));
    const time = began.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
    const half = stopped === 'undo' ? '  (half undone)' : '';
    const transforms = transformsOf(run).map(visible).join(', ');
    yield `${id}  ${shown}  ${time}  ${counted(files.length, 'file')}  ${asked.level}  ${transforms}${half}\n`;
  }
}
