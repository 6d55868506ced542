import { memo } from 'preact/compat';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { countsOf, verdictOf } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Grouping, Row } from './tree-rows.ts';
import { offsetsOf, useWindow } from './window.ts';
import { Prose, VerdictMark } from './words.tsx';

const GROUP_HEIGHT = 36;
const ITEM_HEIGHT = 48;

interface TreeProps {
  readonly rows: readonly Row[];
  readonly decisions: Decisions;
  readonly grouping: Grouping;
  readonly isReports: boolean;
  /** The key of the row that the arrow keys are at. */
  readonly active: string | undefined;
  readonly current: string | undefined;
  readonly onRow: (key: string) => void;
  readonly onItem: (id: string, opens: boolean) => void;
  readonly onFold: (key: string, isOpen: boolean) => void;
}

/** What a group came to: how many it has, and how many of them wait. */
function GroupCounts({
  items,
  decisions,
  isReports,
}: {
  items: readonly ReviewItem[];
  decisions: Decisions;
  isReports: boolean;
}) {
  const { accepted, rejected, undecided } = countsOf(items, decisions);
  if (isReports) return <span class="count">{items.length.toLocaleString('en')}</span>;
  return (
    <span class="count">
      {accepted > 0 && (
        <span class="accepted" title={`${accepted} accepted`}>
          <span aria-hidden="true">✓</span>
          {accepted.toLocaleString('en')}
          <span class="unseen"> accepted, </span>
        </span>
      )}
      {rejected > 0 && (
        <span class="rejected" title={`${rejected} rejected`}>
          <span aria-hidden="true">✕</span>
          {rejected.toLocaleString('en')}
          <span class="unseen"> rejected, </span>
        </span>
      )}
      {(undecided > 0 || accepted + rejected === 0) && (
        <span class="undecided" title={`${undecided} undecided`}>
          {undecided.toLocaleString('en')}
          <span class="unseen"> undecided</span>
        </span>
      )}
    </span>
  );
}

const ItemLine = memo(function ItemLine({
  item,
  verdict,
  note,
  grouping,
  isReport,
}: {
  item: ReviewItem;
  verdict: ReturnType<typeof verdictOf>;
  note: boolean;
  grouping: Grouping;
  isReport: boolean;
}) {
  const below = grouping === 'file' ? `line ${item.line} · ${item.transform}` : `${item.path}:${item.line}`;
  return (
    <>
      {isReport ? <span class="verdict" /> : <VerdictMark verdict={verdict} />}
      <span class="item-text">
        <span class="item-title">
          <Prose text={item.title} />
        </span>
        <span class="item-place" title={below}>
          <bdi>{below}</bdi>
        </span>
      </span>
      {note && (
        <span class="noted">
          <span aria-hidden="true">✎</span>
          <span class="unseen">has a note</span>
        </span>
      )}
      <span class={`dot ${item.safety}`} title={item.safety}>
        <span class="unseen">{item.safety}</span>
      </span>
    </>
  );
});

/** The proposals as a tree, of which only what is to be seen is there. */
export function Tree(props: TreeProps) {
  const { rows, decisions, grouping, isReports, active, current, onRow, onItem, onFold } = props;
  const frame = useRef<HTMLDivElement>(null);
  const offsets = useMemo(
    () => offsetsOf(rows.map((row) => ('group' in row ? GROUP_HEIGHT : ITEM_HEIGHT))),
    [rows],
  );
  const [first, end] = useWindow(frame, offsets);
  const activeAt = useMemo(() => rows.findIndex(({ key }) => key === active), [rows, active]);

  // The row that the keys are at comes into view, and has the focus where another one had it.
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || activeAt < 0) return;
    const [top, bottom] = [offsets[activeAt] ?? 0, offsets[activeAt + 1] ?? 0];
    if (top < element.scrollTop + GROUP_HEIGHT) element.scrollTop = Math.max(0, top - GROUP_HEIGHT);
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
    if (element.contains(document.activeElement))
      element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [active, activeAt, offsets]);

  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    if ('item' in row) onItem(row.key, false);
    else onRow(row.key);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = activeAt < 0 ? 0 : activeAt;
    const row = rows[at];
    if (row === undefined) return;
    const isGroup = 'group' in row;
    const above = (): number => {
      for (let index = at - 1; index >= 0; index--) if ((rows[index]?.level ?? 0) < row.level) return index;
      return at;
    };
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      PageDown: () => go(at + 10),
      PageUp: () => go(at - 10),
      ArrowRight: () => (isGroup && !row.isOpen ? onFold(row.key, true) : isGroup ? go(at + 1) : undefined),
      ArrowLeft: () => (isGroup && row.isOpen ? onFold(row.key, false) : go(above())),
      Enter: () => (isGroup ? onFold(row.key, !row.isOpen) : onItem(row.key, true)),
      ' ': () => (isGroup ? onFold(row.key, !row.isOpen) : onItem(row.key, true)),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };

  const focusable = activeAt < 0 ? 0 : activeAt;
  const shown = rows.slice(first, end).map((row, at): [number, Row] => [first + at, row]);
  const focusRow = rows[focusable];
  // So that the tab key finds it wherever the list was scrolled to.
  if (focusRow !== undefined && (focusable < first || focusable >= end)) shown.push([focusable, focusRow]);
  return (
    <div class="tree-frame" ref={frame}>
      <div
        role="tree"
        aria-label={isReports ? 'Reported, left alone' : 'Proposals'}
        class="tree"
        style={{ height: `${offsets[rows.length] ?? 0}px` }}
        onKeyDown={pressed}
      >
        {shown.map(([index, row]) => {
          const isGroup = 'group' in row;
          return (
            <div
              key={row.key}
              role="treeitem"
              class={`row ${isGroup ? `group by-${row.group.kind}` : 'item'} level-${row.level}`}
              aria-level={row.level}
              aria-posinset={row.at}
              aria-setsize={row.of}
              aria-selected={!isGroup && row.key === current}
              {...(isGroup ? { 'aria-expanded': row.isOpen } : {})}
              tabIndex={index === focusable ? 0 : -1}
              style={{ transform: `translateY(${offsets[index] ?? 0}px)` }}
              onClick={() => (isGroup ? onFold(row.key, !row.isOpen) : onItem(row.key, true))}
            >
              {isGroup ? (
                <>
                  <span class="twist" aria-hidden="true" />
                  <span class="group-label" title={row.group.label}>
                    <bdi>{row.group.label}</bdi>
                  </span>
                  <GroupCounts items={row.group.items} decisions={decisions} isReports={isReports} />
                </>
              ) : (
                <ItemLine
                  item={row.item}
                  verdict={verdictOf(decisions, row.key)}
                  note={decisions.get(row.key)?.note !== undefined}
                  grouping={grouping}
                  isReport={isReports}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
