import type { Safety } from '../evidence.ts';
import type { Plan } from '../run/plan.ts';
import type { Composition } from '../run/composition.ts';

/** Everything that a report may tell of a run, a check, or a plan that was applied. Paths are absolute. */
export interface ReportSource extends Pick<
  Plan,
  'changes' | 'findings' | 'failures' | 'skipped' | 'warnings'
> {
  readonly command: 'run' | 'check' | 'apply';
  /** What became of the changes: nobody asked for them, they would be written, or they are. */
  readonly mode: 'check' | 'dry-run' | 'apply';
  /** Proposals of this level and better become changes. */
  readonly level: 'safe' | 'review';
  /** Findings of this level and better make the command fail. */
  readonly failOn: Safety | 'never';
  /** The folder that people see paths from. */
  readonly cwd: string;
  /** The folder that all files lie in: that of a git work tree, if there is one. */
  readonly root: string;
  /** What is applied or would be, so that a report can take it apart; also what it was before anything was written. */
  readonly composition: Composition;
  /** The version of hasten. */
  readonly hasten: string;
  /** The ids of the transforms that were asked. */
  readonly transforms: readonly string[];
  /** What each transform does, by its id: one sentence. */
  readonly summaries: ReadonlyMap<string, string>;
  /** How many files were looked at; none where a plan was applied that was made before. */
  readonly files?: Plan['files'];
  /** The page that says when a transform does what, in Markdown. */
  readonly pageOf?: (transform: string) => string | undefined;
  /** The folder of this package. */
  readonly packageRoot: string;
  /** How what somebody decides about it is applied, a command line; left out where there is nothing to decide any more. */
  readonly later?: string;
  /** What `--format json` prints for the same command. */
  readonly json: () => object | Promise<object>;
}

/** Whether a proposal is in the files now, or would be once the changes are written. */
export function isChangedBy({ changes }: Pick<ReportSource, 'changes'>): (id: string) => boolean {
  const ids = new Set(changes.flatMap(({ proposals }) => proposals.map(({ id }) => id)));
  return (id) => ids.has(id);
}
