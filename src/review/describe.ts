import type { Colors } from 'picocolors/types.js';
import type { Evidence, Safety, Verdict } from '../evidence.ts';
import type { Proposal } from '../transform.ts';
import { pathFrom } from './patch-text.ts';
import type { Places } from './places.ts';

const MARK: Readonly<Record<Verdict, string>> = { holds: '✓', assumed: '?', fails: '✗' };

/** `text` on one line, its control characters made visible, so that no file or claim can steer a terminal or split a line. */
export function visible(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return character === '\t' ? ' ' : `\\u${codePoint.toString(16).padStart(4, '0')}`;
  });
}

/** `count` of something: `1 file`, `2 files`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Whether a finding still waits for somebody: nobody said no to it, and it is not known from before. */
export const isOpen = ({ ignored, inBaseline }: Pick<Proposal, 'ignored' | 'inBaseline'>): boolean =>
  ignored === undefined && inBaseline !== true;

/** A level in its colour. */
export function painted(safety: Safety, colors: Colors): string {
  if (safety === 'safe') return colors.green(safety);
  return safety === 'review' ? colors.yellow(safety) : colors.magenta(safety);
}

/** What stands before a claim: whether it holds. */
export const evidenceMark = (verdict: Verdict): string => MARK[verdict];

/** The same in its colour. */
export const markOf = (verdict: Verdict, colors: Colors): string =>
  ({ holds: colors.green, assumed: colors.yellow, fails: colors.red })[verdict](MARK[verdict]);

/** Where a claim can be checked, as `src/logger.ts:3`, unless it names the place itself. */
export function siteNamed({ claim, seenAt }: Evidence, cwd: string): string | undefined {
  if (seenAt === undefined) return undefined;
  const place = `${pathFrom(cwd, seenAt.path)}:${seenAt.line}`;
  return claim.includes(place) ? undefined : place;
}

/** A piece of evidence as one line: `✓ the claim (src/logger.ts:3)`. */
function evidenceLine(evidence: Evidence, cwd: string, colors: Colors): string {
  const { verdict, claim } = evidence;
  const place = siteNamed(evidence, cwd);
  const site = place === undefined ? '' : colors.dim(` (${visible(place)})`);
  return `${markOf(verdict, colors)} ${visible(claim)}${site}`;
}

/** Pieces of evidence that read alike which somebody reads. */
const MOST_ALIKE = 3;

/** What a claim says without the code and the numbers in it. */
const shapeOf = ({ verdict, claim }: Evidence): string =>
  `${verdict} ${claim.replace(/`[^`]*`/g, '``').replace(/\d+/g, '0')}`;

/** The evidence; of many pieces that read alike, the first, and how many there are more. */
export function* foldedEvidence(evidence: readonly Evidence[]): Iterable<Evidence> {
  const shapes = evidence.map(shapeOf);
  const shown = new Map<string, number>();
  for (const [index, one] of evidence.entries()) {
    const shape = shapeOf(one);
    const before = shown.get(shape) ?? 0;
    shown.set(shape, before + 1);
    const left = shapes.slice(index).filter((other) => other === shape).length;
    // A line that says that there is one more would be no shorter.
    if (before < MOST_ALIKE || (before === MOST_ALIKE && left === 1)) yield one;
    else if (before === MOST_ALIKE) yield { verdict: one.verdict, claim: `${left} more like it` };
  }
}

/** The evidence as lines, folded. */
export function* evidenceLines(evidence: readonly Evidence[], cwd: string, colors: Colors): Iterable<string> {
  for (const one of foldedEvidence(evidence)) yield evidenceLine(one, cwd, colors);
}

/** The level, title and transform of a proposal: `safe: console.log → logger.info [console-to-logger]`. */
export const titleLine = (proposal: Proposal, colors: Colors): string =>
  `${painted(proposal.safety, colors)}: ${visible(proposal.title)} ${colors.dim(`[${proposal.transform}]`)}`;

/** The evidence of a finding without its places that are the line of the finding itself. */
const withoutOwnPlace = ({ evidence, path }: Proposal, line: number): readonly Evidence[] =>
  evidence.map((one) => {
    const { seenAt, ...rest } = one;
    return seenAt?.path === path && seenAt.line === line ? rest : one;
  });

/**
 * Findings as lines for people and `grep`: where, level, title and transform, and the evidence indented below. Places of one file that are only
 * reported, all for the same reasons, stand together, and their reasons below the last.
 */
export function* findingLines(
  findings: readonly Proposal[],
  places: Places,
  cwd: string,
  colors: Colors,
): Iterable<string> {
  const groups = new Map<
    unknown,
    { readonly titles: string[]; readonly first: Proposal; readonly line: number }
  >();
  for (const finding of findings) {
    const { line, column } = places.placeOf(finding.path, finding.start);
    const where = colors.bold(`${visible(pathFrom(cwd, finding.path))}:${line}:${column}`);
    const title = `${where}: ${titleLine(finding, colors)}`;
    const reasons = JSON.stringify(withoutOwnPlace(finding, line));
    const key = finding.safety === 'report' ? `${finding.transform} ${finding.path} ${reasons}` : finding;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { titles: [title], first: finding, line });
    else group.titles.push(title);
  }
  for (const { titles, first, line } of groups.values()) {
    yield* titles;
    const isOfAll = titles.length > 1 && first.evidence.length > 0;
    if (isOfAll) yield `    ${colors.dim(`these ${titles.length}:`)}`;
    const evidence = isOfAll ? withoutOwnPlace(first, line) : first.evidence;
    for (const one of evidenceLines(evidence, cwd, colors)) yield `    ${one}`;
  }
}
