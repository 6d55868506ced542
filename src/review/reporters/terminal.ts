import type { Colors } from 'picocolors/types.js';
import type { Plan } from '../../run/plan.ts';
import type { Proposal } from '../../transform.ts';
import { counted, evidenceLines, findingLines, isOpen, titleLine, visible } from '../describe.ts';
import { diffOf, type Hunk, type HunkLine } from '../diff.ts';
import { hunkHeader, pathFrom } from '../patch-text.ts';
import { placesOf } from '../places.ts';

/** One line of a hunk in its colour; a carriage return and other control characters are made visible, as git does. */
function paintedLine({ kind, text }: HunkLine, colors: Colors): string {
  const shown = text.replace(/\n$/, '').replace(/(?!\t)\p{Cc}/gu, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint > 127) return `\\u${codePoint.toString(16).padStart(4, '0')}`;
    return codePoint === 127 ? '^?' : `^${String.fromCharCode(codePoint + 64)}`;
  });
  const line =
    kind === 'kept' ? ` ${shown}` : kind === 'removed' ? colors.red(`-${shown}`) : colors.green(`+${shown}`);
  return text.endsWith('\n') ? line : `${line}\n${colors.dim('\\ No newline at end of file')}`;
}

/** Names what a hunk is a part of, where its proposals are about code in other hunks. */
function servedBy({ home, proposals }: Hunk): string | undefined {
  const others = proposals.filter((one) => !home.includes(one));
  const [first] = others;
  if (first === undefined) return undefined;
  return `part of ${visible(first.title)}${others.length > 1 ? ` and ${counted(others.length - 1, 'other')}` : ''}`;
}

function* proposalLines(proposal: Proposal, cwd: string, colors: Colors): Iterable<string> {
  yield `  ${titleLine(proposal, colors)}`;
  for (const line of evidenceLines(proposal.evidence, cwd, colors)) yield `    ${line}`;
}

/** A dry run for a person: each hunk below its levels, titles and evidence; then what can only be reported, and why. */
export function* terminalReport(
  plan: Pick<Plan, 'changes' | 'findings'>,
  cwd: string,
  colors: Colors,
): Iterable<string> {
  for (const change of plan.changes) {
    const { hunks } = diffOf(change);
    if (hunks.length === 0 && change.before !== null) continue;
    const isNew = change.before === null ? ' (is created)' : '';
    yield `${colors.bold(visible(pathFrom(cwd, change.path)))}${isNew}\n`;
    for (const hunk of hunks) {
      for (const proposal of hunk.home)
        for (const line of proposalLines(proposal, cwd, colors)) yield `${line}\n`;
      const served = servedBy(hunk);
      if (served !== undefined) yield `  ${colors.dim(served)}\n`;
      yield `${colors.cyan(hunkHeader(hunk))}\n`;
      yield hunk.lines.map((line) => `${paintedLine(line, colors)}\n`).join('');
      yield '\n';
    }
  }
  const reports = plan.findings.filter((one) => one.safety === 'report' && isOpen(one));
  if (reports.length === 0) return;
  yield `${colors.bold('Left alone, each for the reason below it')}\n`;
  for (const line of findingLines(reports, placesOf(plan), cwd, colors)) yield `${line}\n`;
  yield '\n';
}
