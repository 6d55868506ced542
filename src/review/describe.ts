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

/** A level in its colour. */
export function painted(safety: Safety, colors: Colors): string {
  if (safety === 'safe') return colors.green(safety);
  return safety === 'review' ? colors.yellow(safety) : colors.magenta(safety);
}

/** A piece of evidence as one line: `✓ the claim (src/logger.ts:3)`. */
export function evidenceLine(evidence: Evidence, cwd: string, colors: Colors): string {
  const { verdict, claim, seenAt } = evidence;
  const mark = MARK[verdict];
  const colored = { holds: colors.green, assumed: colors.yellow, fails: colors.red }[verdict](mark);
  const site =
    seenAt === undefined ? '' : colors.dim(` (${visible(pathFrom(cwd, seenAt.path))}:${seenAt.line})`);
  return `${colored} ${visible(claim)}${site}`;
}

/** The level, title and transform of a proposal: `safe: console.log → logger.info [console-to-logger]`. */
export const titleLine = (proposal: Proposal, colors: Colors): string =>
  `${painted(proposal.safety, colors)}: ${visible(proposal.title)} ${colors.dim(`[${proposal.transform}]`)}`;

/** Findings as lines for people and `grep`: where, level, title and transform, and the evidence indented below. */
export function* findingLines(
  findings: readonly Proposal[],
  places: Places,
  cwd: string,
  colors: Colors,
): Iterable<string> {
  for (const finding of findings) {
    const { line, column } = places.placeOf(finding.path, finding.start);
    const where = colors.bold(`${visible(pathFrom(cwd, finding.path))}:${line}:${column}`);
    yield `${where}: ${titleLine(finding, colors)}`;
    for (const one of finding.evidence) yield `    ${evidenceLine(one, cwd, colors)}`;
  }
}
