import type { FileChange } from '../../run/plan.ts';
import type { Proposal } from '../../transform.ts';
import { isOpen } from '../describe.ts';
import { lineCountsOf } from '../line-counts.ts';
import { pathFrom } from '../patch-text.ts';
import { placesOf } from '../places.ts';
import type { ReportSource } from '../report-source.ts';
import { jsonFinding } from './json.ts';

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

/** What is known before anything is found. */
export type NdjsonBegin = Pick<ReportSource, 'command' | 'hasten' | 'cwd'>;

function changeLine(change: FileChange, cwd: string): string {
  const { path, before, proposals } = change;
  return lineOf({
    type: 'change',
    path: pathFrom(cwd, path),
    created: before === null,
    ...lineCountsOf(change),
    proposals: proposals.map(({ id }) => id),
  });
}

function endLine({ findings, changes, failures, files, mode, level }: ReportSource): string {
  const open = findings.filter(isOpen);
  const count = (safety: string): number => open.filter((one) => one.safety === safety).length;
  return lineOf({
    type: 'end',
    mode,
    level,
    counts: {
      findings: findings.length,
      safe: count('safe'),
      review: count('review'),
      report: count('report'),
      ignored: findings.filter(({ ignored }) => ignored !== undefined).length,
      baseline: findings.filter(({ inBaseline }) => inBaseline === true).length,
      changes: changes.length,
      failures: failures.length,
    },
    ...(files === undefined ? {} : { files }),
  });
}

/**
 * One JSON object a line, as it goes. `start` is the first line and `end` the last. A `finding` is told as soon as its file has been looked at,
 * by what its transform says of it. What is known of it later, that a comment ignores it, a check of the result takes it out, or a baseline has it,
 * is told at the end: the whole finding again, with its id, as `revised`; what is no finding any more is `withdrawn`. Whoever reads all lines and
 * keeps the last of each id has the findings of `--format json`. Then `change` for each file that changes, and `failure`.
 */
export class NdjsonStream {
  private readonly about: NdjsonBegin;
  private isBegun = false;
  /** The line that was told of each finding, by its id. */
  private readonly told = new Map<string, string>();

  constructor(about: NdjsonBegin) {
    this.about = about;
  }

  /** The first line, once there is anything to tell: of a command that was not understood there is none. */
  private *begin(): Iterable<string> {
    if (this.isBegun) return;
    this.isBegun = true;
    const { command, hasten } = this.about;
    yield lineOf({ type: 'start', version: 1, command, hasten });
  }

  /** Tells what was found in files that are still as they are on disk. */
  *found(findings: readonly Proposal[]): Iterable<string> {
    yield* this.begin();
    const places = placesOf({ changes: [] });
    for (const finding of findings) {
      const shown = JSON.stringify(jsonFinding(finding, places, this.about.cwd));
      this.told.set(finding.id, shown);
      yield `{"type":"finding",${shown.slice(1)}\n`;
    }
  }

  /** Tells what is different now, and all that was not told. */
  *finish(source: ReportSource): Iterable<string> {
    yield* this.begin();
    const { findings, changes, failures, cwd } = source;
    const places = placesOf(source);
    const left = new Set(this.told.keys());
    for (const finding of findings) {
      const before = this.told.get(finding.id);
      left.delete(finding.id);
      const shown = JSON.stringify(jsonFinding(finding, places, cwd));
      if (before !== shown)
        yield `{"type":"${before === undefined ? 'finding' : 'revised'}",${shown.slice(1)}\n`;
    }
    for (const id of left) yield lineOf({ type: 'withdrawn', id });
    for (const change of changes) yield changeLine(change, cwd);
    for (const { path, reason } of failures)
      yield lineOf({ type: 'failure', path: pathFrom(cwd, path), reason });
    yield endLine(source);
  }
}

/** All lines at once. */
export const ndjsonReport = (source: ReportSource): Iterable<string> =>
  new NdjsonStream(source).finish(source);
