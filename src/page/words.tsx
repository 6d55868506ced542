import type { ComponentChildren } from 'preact';
import type { ReviewVerdict } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';

/** `count` of something: `1 file`, `2 files`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const MARKS: Readonly<Record<ReviewVerdict, string>> = { accepted: '✓', rejected: '✕', undecided: '○' };

/** A verdict as a mark; `verdict` is read out in its place. */
export const VerdictMark = ({ verdict }: { verdict: ReviewVerdict }) => (
  <span class={`verdict ${verdict}`}>
    <span aria-hidden="true">{MARKS[verdict]}</span>
    <span class="unseen">{verdict}</span>
  </span>
);

/** The level of an item. */
export const LevelTag = ({ safety }: Pick<ReviewItem, 'safety'>) => (
  <span class={`level ${safety}`}>{safety}</span>
);

/** Text in which what stands in backticks is code. */
export const Prose = ({ text }: { text: string }) => (
  <>
    {text
      .split(/(`[^`]*`)/)
      .map((piece): ComponentChildren =>
        piece.length > 2 && piece.startsWith('`') ? <code>{piece.slice(1, -1)}</code> : piece,
      )}
  </>
);

/** A key as it stands on a keyboard. */
export const Key = ({ of }: { of: string }) => <kbd aria-hidden="true">{of}</kbd>;
