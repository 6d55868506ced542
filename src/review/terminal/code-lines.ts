import type { Colors } from 'picocolors/types.js';
import { emphasisOf } from '../emphasis.ts';
import type { ReviewHunk, ReviewLine } from '../review.ts';
import { PaintedCode } from './painted-code.ts';

/** A line of a diff in its colours. */
export interface CodeLine {
  readonly kind: ReviewLine['kind'];
  /** Its number before the change, from 1; undefined for one that comes. */
  readonly oldNumber?: number;
  /** Its number after the change; undefined for one that goes. */
  readonly newNumber?: number;
  readonly text: string;
  /** Its code without colours and indentation. */
  readonly plain: string;
  readonly isUnended: boolean;
}

/** Marks what differs between each stretch of removed lines and the added ones behind it. */
function emphasize(lines: readonly ReviewLine[], before: PaintedCode, after: PaintedCode): void {
  let [oldAt, newAt] = [0, 0];
  for (let at = 0; at < lines.length;) {
    const of = (kind: ReviewLine['kind']): string[] => {
      const from = at;
      while (lines[at]?.kind === kind) at++;
      return lines.slice(from, at).map(({ text }) => text);
    };
    const [removed, added, kept] = [of('removed'), of('added'), of('kept')];
    const emphasis = emphasisOf(removed.join('\n'), added.join('\n'));
    if (emphasis !== undefined) {
      before.mark(oldAt, emphasis.removed);
      after.mark(newAt, emphasis.added);
    }
    oldAt += removed.length + kept.length;
    newAt += added.length + kept.length;
  }
}

/** The lines of a hunk of the file at `path`, in the colours of its code; words that differ stand out. */
export function codeLines(path: string, hunk: ReviewHunk, colors: Colors): CodeLine[] {
  const { lines } = hunk;
  const side = (gone: ReviewLine['kind']): PaintedCode =>
    new PaintedCode(
      path,
      lines.filter(({ kind }) => kind !== gone).map(({ text }) => text),
    );
  const [before, after] = [side('added'), side('removed')];
  emphasize(lines, before, after);
  let [oldAt, newAt] = [0, 0];
  return lines.map(({ kind, text: code, isUnended = false }): CodeLine => {
    const plain = code.trim();
    const oldNumber = hunk.oldStart + oldAt;
    const newNumber = hunk.newStart + newAt;
    if (kind === 'removed') {
      const text = before.line(oldAt++, colors, (part) => colors.inverse(colors.red(part)));
      return { kind, oldNumber, text, plain, isUnended };
    }
    const text = after.line(newAt++, colors, (part) => colors.inverse(colors.green(part)));
    if (kind === 'added') return { kind, newNumber, text, plain, isUnended };
    oldAt++;
    return { kind, oldNumber, newNumber, text, plain, isUnended };
  });
}
