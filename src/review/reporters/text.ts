import pico from 'picocolors';
import type { Plan } from '../../run/plan.ts';
import { evidenceLines, findingLines, isOpen, titleLine, visible } from '../describe.ts';
import { diffOf, type FileDiff, type Hunk } from '../diff.ts';
import { patchRoot } from '../patch-root.ts';
import { fileHeader, hunkHeader, hunkLine, pathFrom } from '../patch-text.ts';
import { placesOf, type Places } from '../places.ts';

const plain = pico.createColors(false);

/** What stands after the `@@` of a hunk: the level and title of what it is for. */
export function headingOf({ home, proposals }: Hunk): string {
  const shown = home.length > 0 ? home : proposals;
  const [first] = shown;
  if (first === undefined) return '';
  const more = shown.length > 1 ? ` (and ${shown.length - 1} more)` : '';
  return `${first.safety}: ${visible(first.title)}${more}`;
}

/** What is known of the proposals of one file, as lines that begin with `#`: git passes over them. */
function* preface(diff: FileDiff, places: Places, cwd: string): Iterable<string> {
  for (const proposal of new Set(diff.hunks.flatMap(({ home }) => home))) {
    const { line } = places.placeOf(proposal.path, proposal.start);
    yield `# ${visible(pathFrom(cwd, proposal.path))}:${line}: ${titleLine(proposal, plain)}\n`;
    for (const one of evidenceLines(proposal.evidence, cwd, plain)) yield `#     ${one}\n`;
  }
}

/**
 * A dry run for a pipe: a patch that `git apply` takes, with the evidence of each proposal in lines that begin with `#`
 * before its file, and what can only be reported in such lines at the end.
 */
export function* textReport(plan: Pick<Plan, 'changes' | 'findings'>, cwd: string): Iterable<string> {
  const places = placesOf(plan);
  const root = patchRoot(
    cwd,
    plan.changes.map(({ path }) => path),
  );
  for (const change of plan.changes) {
    const diff = diffOf(change);
    if (diff.hunks.length === 0 && change.before !== null) continue;
    yield* preface(diff, places, cwd);
    yield fileHeader(diff, pathFrom(root, change.path));
    for (const hunk of diff.hunks) {
      yield `${hunkHeader(hunk, headingOf(hunk))}\n`;
      yield hunk.lines.map(hunkLine).join('');
    }
  }
  const reports = plan.findings.filter((one) => one.safety === 'report' && isOpen(one));
  for (const line of findingLines(reports, places, cwd, plain)) yield `# ${line}\n`;
}
