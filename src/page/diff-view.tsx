import { useEffect, useMemo, useState } from 'preact/hooks';
import { Decoration, Diff, Hunk } from 'react-diff-view';
import type { ReviewDiff, ReviewHunk } from '../review/review.ts';
import { asHunk, firstChanges, firstLines, piecesOf } from './hunks.ts';
import { addTokens, type Token } from './tokens.ts';

/** A longer diff is shown whole only where somebody asks for it. */
const MOST_LINES = 400;

/** How many lines are there at once; the others follow when nothing else is to be done, so that keys never wait for them. */
const FIRST_LINES = 30;
const MORE_LINES = 60;

const countOf = (diff: ReviewDiff, kind: 'added' | 'removed'): number =>
  diff.hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);

/** Calls `act` when nothing else is to be done. @returns what calls it off. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(act, { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(act, 30);
  return () => clearTimeout(handle);
}

const sizeOf = (hunks: readonly ReviewHunk[]): number =>
  hunks.reduce((sum, { lines }) => sum + lines.length, 0);

/** The hunks and tokens of a diff, more and more of them, of at most `most` lines. */
function useGrowing(diff: ReviewDiff, layout: 'split' | 'unified', most: number) {
  const made = useMemo(() => {
    const hunks = firstLines(diff.hunks, most);
    const pieces = piecesOf(hunks, FIRST_LINES, MORE_LINES);
    const tokens: Record<'old' | 'new', Token[][]> = { old: [], new: [] };
    return { whole: hunks.map((hunk) => asHunk(hunk, layout)), pieces, tokens, colored: new Set<unknown>() };
  }, [diff, layout, most]);
  const [count, setCount] = useState(1);
  const { whole, pieces, tokens, colored } = made;
  const isWhole = count >= pieces.length;
  useEffect(() => (isWhole ? undefined : whenIdle(() => setCount(count + 1))), [isWhole, count]);
  const hunks = useMemo(() => {
    const shown = pieces.slice(0, count);
    for (const piece of shown) {
      if (colored.has(piece)) continue;
      colored.add(piece);
      addTokens(tokens, piece, diff.path);
    }
    return firstChanges(whole, sizeOf(shown.flat()));
  }, [made, count]);
  return { hunks, tokens };
}

/** What a proposal does to one file. */
export function DiffView({
  diff,
  layout,
  id,
}: {
  diff: ReviewDiff;
  layout: 'split' | 'unified';
  id: string;
}) {
  const [isWhole, setWhole] = useState(false);
  const all = sizeOf(diff.hunks);
  const isCut = !isWhole && all > MOST_LINES;
  const { hunks, tokens } = useGrowing(diff, layout, isCut ? MOST_LINES : all);
  const isUnended = diff.hunks.some(({ lines }) => lines.some((line) => line.isUnended === true));
  const [added, removed] = [countOf(diff, 'added'), countOf(diff, 'removed')];
  return (
    <section class="changed-file" id={id} aria-label={`Changes in ${diff.path}`}>
      <header class="file-head">
        <h3 class="path">{diff.path}</h3>
        {diff.isNew && <span class="tag">new file</span>}
        {diff.later === true && (
          <span
            class="tag"
            title="Made for what other proposals leave of the file; line numbers are those of then"
          >
            builds on others
          </span>
        )}
        <span class="sizes">
          <span class="plus">+{added}</span> <span class="minus">−{removed}</span>
          <span class="unseen">
            {' '}
            ({added} lines added, {removed} removed)
          </span>
        </span>
      </header>
      <div class="code-frame" tabIndex={0} role="group" aria-label={`Diff of ${diff.path}`}>
        <Diff
          viewType={diff.isNew ? 'unified' : layout}
          diffType={diff.isNew ? 'add' : 'modify'}
          hunks={hunks}
          tokens={tokens}
          optimizeSelection
        >
          {(own) =>
            own.flatMap((hunk, index) => [
              ...(index === 0
                ? []
                : [
                    <Decoration key={`before ${hunk.oldStart}`}>
                      <div class="gap">line {hunk.newStart}</div>
                    </Decoration>,
                  ]),
              <Hunk key={`${hunk.oldStart} ${hunk.newStart}`} hunk={hunk} />,
            ])
          }
        </Diff>
      </div>
      {isCut && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show all {all.toLocaleString('en')} lines
        </button>
      )}
      {isUnended && <p class="hint">The file ends without a line ending.</p>}
    </section>
  );
}
