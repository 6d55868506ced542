import type { Colors } from 'picocolors/types.js';
import { shapeOf } from '../alike.ts';
import { counted, markOf } from '../describe.ts';
import type { ReviewCode, ReviewEvidence } from '../review.ts';
import { cut, wrapped } from './fit.ts';
import { PaintedCode } from './painted-code.ts';
import { plainWords } from './plain-code.ts';

/** The code that evidence speaks of, by `codeKey`. */
export type Codes = ReadonlyMap<string, ReviewCode>;

/** The name of the place that evidence speaks of; undefined where it names none. */
export const codeKey = ({ path, line }: ReviewEvidence): string | undefined =>
  path === undefined || line === undefined ? undefined : `${path}:${line}`;

/** Pieces of evidence that read alike which somebody reads. */
const MOST_ALIKE = 3;

function claimRows(evidence: ReviewEvidence, width: number, colors: Colors): string[] {
  const place = codeKey(evidence) ?? '';
  const site = place === '' || evidence.claim.includes(place) ? '' : colors.dim(` (${plainWords(place)})`);
  return wrapped(`${markOf(evidence.verdict, colors)} ${plainWords(evidence.claim)}${site}`, width, 2);
}

/** Which pieces are read where there are too many: first what is not proved, and of what reads alike a few. */
function inOrderOfNeed(evidence: readonly ReviewEvidence[]): ReviewEvidence[] {
  const alike = new Map<string, number>();
  const few = evidence.filter(({ verdict, claim }) => {
    const shape = `${verdict} ${shapeOf(claim)}`;
    alike.set(shape, (alike.get(shape) ?? 0) + 1);
    return (alike.get(shape) ?? 0) <= MOST_ALIKE;
  });
  return few.toSorted((a, b) => Number(a.verdict === 'holds') - Number(b.verdict === 'holds'));
}

/** The evidence in about `most` rows: what does not fit is counted. */
export function foldedRows(
  evidence: readonly ReviewEvidence[],
  width: number,
  most: number,
  colors: Colors,
): string[] {
  const rows = new Map(evidence.map((one) => [one, claimRows(one, width, colors)]));
  const chosen = new Set<ReviewEvidence>();
  let taken = 0;
  for (const one of inOrderOfNeed(evidence)) {
    const own = rows.get(one)?.length ?? 0;
    if (chosen.size > 0 && taken + own > most) continue;
    chosen.add(one);
    taken += own;
  }
  const shown = evidence.filter((one) => chosen.has(one)).flatMap((one) => rows.get(one) ?? []);
  const left = evidence.filter((one) => !chosen.has(one));
  if (left.length === 0) return shown;
  // One row more is no longer than the line that would count it.
  const [only = left[0]] = left;
  if (left.length === 1 && only !== undefined && rows.get(only)?.length === 1)
    return evidence.flatMap((one) => rows.get(one) ?? []);
  const counts = (['holds', 'assumed', 'fails'] as const).flatMap((verdict) => {
    const count = left.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${markOf(verdict, colors)} ${count}`];
  });
  const said = `${counts.join('  ')}  ${colors.dim(`${counted(left.length, 'more', 'more')}; v shows all, with the code`)}`;
  return [...shown, cut(said, width)];
}

/** A stretch of code, the line that is spoken of with a mark. */
function codeRows({ path, from, lines }: ReviewCode, line: number, width: number, colors: Colors): string[] {
  const code = new PaintedCode(path, lines);
  const digits = String(from + lines.length - 1).length;
  return lines.map((_, index) => {
    const number = from + index;
    const gutter = String(number).padStart(digits);
    const isMeant = number === line;
    const head = isMeant ? colors.bold(`  → ${gutter} `) : colors.dim(`    ${gutter} `);
    return cut(`${head}${code.line(index, colors)}`, width);
  });
}

/** All evidence, each piece with the code that it speaks of. */
export function unfoldedRows(
  evidence: readonly ReviewEvidence[],
  codes: Codes | undefined,
  width: number,
  colors: Colors,
): string[] {
  const shown = new Set<string>();
  return evidence.flatMap((one) => {
    const rows = claimRows(one, width, colors);
    const key = codeKey(one);
    if (key === undefined || one.line === undefined || shown.has(key)) return rows;
    shown.add(key);
    if (codes === undefined) return [...rows, colors.dim('    …')];
    const code = codes.get(key);
    if (code === undefined)
      return [...rows, cut(colors.dim('    (this file cannot be shown from here)'), width)];
    return [...rows, ...codeRows(code, one.line, width, colors)];
  });
}
