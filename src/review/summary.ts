import type { Colors } from 'picocolors/types.js';
import { SAFETIES } from '../evidence.ts';
import type { Failure, Plan } from '../run/plan.ts';
import type { Written } from '../run/write.ts';
import type { CommandVerified } from '../run/verification/verify-command.ts';
import type { Proposal } from '../transform.ts';
import { counted, isOpen, painted, visible } from './describe.ts';
import { pathFrom } from './patch-text.ts';

/** What a run was asked to do, which decides what there is to do next. */
export interface Outcome {
  readonly mode: 'check' | 'dry-run' | 'apply';
  readonly level: 'safe' | 'review';
  /** What was written; none in a check or a dry run. */
  readonly written?: Written;
  /** Whether what is written was committed too, as far as that could be done. */
  readonly isCommitted?: boolean;
  /** What a command that was run on the result came to, where one was given: told already. */
  readonly verified?: CommandVerified;
}

/** What to do next with files that were written and not committed. */
export const nextAfterWriting = (isVerified: boolean, where = ''): string =>
  isVerified
    ? `hasten undo${where} takes the changes back.`
    : `Run your tests before you commit; hasten undo${where} takes the changes back.`;

/** How many findings somebody said no to, and how many are known: `3 ignored`, `2 in the baseline`; nothing where there are none. */
function closedCounts(findings: readonly Proposal[]): string[] {
  const ignored = findings.filter((one) => one.ignored !== undefined).length;
  const known = findings.filter((one) => one.inBaseline === true).length;
  return [...(ignored > 0 ? [`${ignored} ignored`] : []), ...(known > 0 ? [`${known} in the baseline`] : [])];
}

/** One line for each transform that found something: `console-to-logger  12 safe, 3 review, 4 report`. */
function* countLines(plan: Plan, colors: Colors): Iterable<string> {
  const ids = [...new Set(plan.findings.map(({ transform }) => transform))].toSorted();
  const width = Math.max(0, ...ids.map((id) => id.length));
  for (const id of ids) {
    const own = plan.findings.filter(({ transform }) => transform === id);
    const counts = SAFETIES.map((safety) => ({
      safety,
      count: own.filter((one) => one.safety === safety && isOpen(one)).length,
    }));
    const shown = counts
      .filter(({ count }) => count > 0)
      .map(({ safety, count }) => `${count} ${painted(safety, colors)}`);
    yield `${id.padEnd(width)}  ${[...shown, ...closedCounts(own)].join(', ')}`;
  }
}

function changedLine(plan: Plan, { mode, written }: Outcome): string {
  if (written !== undefined) return `${counted(written.written.length, 'file')} changed`;
  if (mode === 'check') {
    const open = counted(plan.findings.filter(isOpen).length, 'finding');
    return [open, ...closedCounts(plan.findings)].join(', ');
  }
  return `${counted(plan.changes.length, 'file')} would change`;
}

function* nextLines(
  plan: Plan,
  { mode, level, written, isCommitted = false, verified }: Outcome,
  failed: number,
): Iterable<string> {
  if (failed > 0) yield `${counted(failed, 'thing')} could not be done; the reasons are above.`;
  if (mode === 'dry-run' && plan.changes.length > 0) yield 'To write these changes, leave out --dry-run.';
  const open = plan.findings.filter(isOpen);
  const pending = open.filter(({ safety }) => safety === 'review').length;
  const safe = open.filter(({ safety }) => safety === 'safe').length;
  if (mode === 'check' && safe > 0) yield `${counted(safe, 'finding')} can be fixed: hasten run`;
  if (level === 'safe' && pending > 0)
    yield `${counted(pending, 'finding wants', 'findings want')} a review: hasten run --level review --dry-run`;
  const told = new Set(verified?.culprits.map(({ proposal }) => proposal.id));
  const reports = open.filter(({ id, safety }) => safety === 'report' && !told.has(id)).length;
  if (mode === 'apply' && reports > 0)
    yield `${counted(reports, 'finding was', 'findings were')} left alone; hasten check tells why.`;
  const unused = plan.warnings.filter(({ kind }) => kind === 'unused').length;
  if (unused > 0)
    yield `${counted(unused, 'ignore comment is', 'ignore comments are')} not needed: hasten run --remove-unused-ignores`;
  if (written !== undefined && written.written.length > 0 && !isCommitted)
    yield nextAfterWriting(verified !== undefined);
}

/** How many lines of what another tool says are shown: the last ones, which say how it ended. */
const MOST_LINES = 20;

/** What could not be done, one a line; indented below that, what another tool says of it. */
export function* failureLines(failures: readonly Failure[], cwd: string, colors: Colors): Iterable<string> {
  for (const { path, reason } of failures) {
    const [first = '', ...more] = reason.split(/\r?\n/);
    yield `${colors.red('failed')} ${visible(pathFrom(cwd, path))}: ${visible(first)}\n`;
    for (const line of more.slice(-MOST_LINES)) if (line.trim() !== '') yield `    ${visible(line)}\n`;
  }
}

/** What is to be said of ignore comments, one a line. */
export function* warningLines(warnings: Plan['warnings'], cwd: string, colors: Colors): Iterable<string> {
  for (const { path, line, says } of warnings)
    yield `${colors.yellow('warning')} ${visible(pathFrom(cwd, path))}:${line}: this ignore comment ${visible(says)}\n`;
}

/** What happened and what to do next, as whole lines. */
export function* summary(plan: Plan, outcome: Outcome, cwd: string, colors: Colors): Iterable<string> {
  const failures = [...plan.failures, ...(outcome.written?.failures ?? [])];
  yield* failureLines(failures, cwd, colors);
  yield* warningLines(plan.warnings, cwd, colors);
  for (const line of countLines(plan, colors)) yield `${line}\n`;
  const { scanned, matched, failed } = plan.files;
  const left = plan.skipped.length > 0 ? `, ${plan.skipped.length} left out as generated or minified` : '';
  const broken = failed > 0 ? `, ${failed} failed` : '';
  yield `${changedLine(plan, outcome)}; ${counted(scanned, 'file')} scanned, ${matched} matched${broken}${left}.\n`;
  const { configs, gaps } = plan.types;
  if (configs.length > 0 && plan.changes.length > 0)
    yield `The changes type-check as before: ${configs.map((path) => visible(pathFrom(cwd, path))).join(', ')}.\n`;
  for (const gap of gaps) yield `${colors.yellow('not type-checked')} ${visible(gap)}\n`;
  for (const line of nextLines(plan, outcome, failures.length)) yield `${line}\n`;
}
