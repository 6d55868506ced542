import type { RefObject } from 'preact';
import { canDecide, verdictOf, type ReviewFilter, type ReviewVerdict } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import { Filters, isFiltering } from './filters.tsx';
import type { Reviewing } from './reviewing.ts';
import { Tree } from './tree.tsx';
import type { Grouping, Row } from './tree-rows.ts';

interface ListProps {
  readonly state: Reviewing;
  readonly decisions: Decisions;
  /** What can be decided and what is only reported, whatever the filter says. */
  readonly proposals: readonly ReviewItem[];
  readonly reports: readonly ReviewItem[];
  readonly shown: readonly ReviewItem[];
  readonly rows: readonly Row[];
  readonly isReadOnly: boolean;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: ReviewFilter, isReports?: boolean) => void;
  readonly onGroup: (grouping: Grouping) => void;
  readonly onRow: (key: string) => void;
  readonly onItem: (id: string, opens: boolean) => void;
  readonly onFold: (key: string, isOpen: boolean) => void;
  readonly onBulk: (ids: readonly string[], verdict: ReviewVerdict) => void;
  readonly onSearched: () => void;
}

const BULK = [
  { verdict: 'accepted', word: 'Accept' },
  { verdict: 'rejected', word: 'Reject' },
] as const;

/** What is done with everything that the filter lets through. */
function Bulk({ shown, decisions, onBulk }: Pick<ListProps, 'shown' | 'decisions' | 'onBulk'>) {
  const ids = shown.filter(canDecide).map(({ id }) => id);
  if (ids.length === 0) return null;
  return (
    <div class="bulk" role="group" aria-label="Decide about all that are shown">
      {BULK.map(({ verdict, word }) => (
        <button
          key={verdict}
          type="button"
          class={verdict}
          disabled={ids.every((id) => verdictOf(decisions, id) === verdict)}
          onClick={() => onBulk(ids, verdict)}
        >
          {word} the {ids.length.toLocaleString('en')} shown
        </button>
      ))}
    </div>
  );
}

/** The list: tabs, filters, what can be done with all that is shown, and the tree. */
export function ListPane(props: ListProps) {
  const { state, decisions, proposals, reports, shown, rows, isReadOnly, search } = props;
  const { isReports, filter, grouping } = state;
  const all = isReports ? reports : proposals;
  const tabs = [
    { is: false, label: 'Proposals', count: proposals.length },
    { is: true, label: 'Left alone', count: reports.length },
  ];
  return (
    <nav class="list" aria-label="What was found">
      {reports.length > 0 && (
        <div class="tabs choice" role="group" aria-label="What is listed">
          {tabs.map(({ is, label, count }) => (
            <button
              key={label}
              type="button"
              aria-pressed={isReports === is}
              onClick={() => props.onFilter({}, is)}
            >
              {label} <span class="count">{count.toLocaleString('en')}</span>
            </button>
          ))}
        </div>
      )}
      <Filters
        items={all}
        isReports={isReports}
        filter={filter}
        grouping={grouping}
        search={search}
        onFilter={props.onFilter}
        onGroup={props.onGroup}
        onDone={props.onSearched}
      />
      {!isReports && !isReadOnly && <Bulk shown={shown} decisions={decisions} onBulk={props.onBulk} />}
      {shown.length === 0 ? (
        <div class="empty">
          <p>{all.length === 0 ? 'There is nothing here.' : 'Nothing matches.'}</p>
          {isFiltering(filter) && (
            <button type="button" onClick={() => props.onFilter({})}>
              Show all {all.length.toLocaleString('en')}
            </button>
          )}
        </div>
      ) : (
        <Tree
          rows={rows}
          decisions={decisions}
          grouping={grouping}
          isReports={isReports}
          active={state.row}
          current={state.current}
          onRow={props.onRow}
          onItem={props.onItem}
          onFold={props.onFold}
        />
      )}
    </nav>
  );
}
