import { useMemo } from 'preact/hooks';
import { canDecide, countsOf, type ReviewFilter } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import { acceptedFiles, directoryOf, totalsBy, type Total } from './totals.ts';
import { counted } from './words.tsx';

/** How many bars a chart has; the rest is one more. */
const MOST_BARS = 12;

const VERDICTS = ['accepted', 'rejected', 'undecided'] as const;

const share = (count: number, of: number): string => `${of === 0 ? 0 : (count / of) * 100}%`;

/** Those beyond the most as one. */
function shortened(totals: readonly Total[]): readonly Total[] {
  if (totals.length <= MOST_BARS + 1) return totals;
  const rest = totals.slice(MOST_BARS);
  const sum = (of: (total: Total) => number): number => rest.reduce((all, total) => all + of(total), 0);
  const other = {
    label: `${rest.length} others`,
    all: sum(({ all }) => all),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
    undecided: sum(({ undecided }) => undecided),
  };
  return [...totals.slice(0, MOST_BARS), other];
}

/** A chart that is a table: one bar for each row, its numbers beside it. */
function Chart({
  title,
  totals,
  filterOf,
  onFilter,
}: {
  title: string;
  totals: readonly Total[];
  filterOf: (label: string) => ReviewFilter;
  onFilter: (filter: ReviewFilter) => void;
}) {
  const rows = shortened(totals);
  const most = Math.max(1, ...rows.map(({ all }) => all));
  const known = new Set(totals.map(({ label }) => label));
  return (
    <table class="chart">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title.replace('By ', '')}</th>
          <th scope="col" class="bar-column">
            <span class="unseen">Share</span>
          </th>
          {VERDICTS.map((verdict) => (
            <th key={verdict} scope="col" class="number">
              {verdict}
            </th>
          ))}
          <th scope="col" class="number">
            all
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((total) => (
          <tr key={total.label}>
            <th scope="row">
              {known.has(total.label) ? (
                <button
                  type="button"
                  class="link"
                  title={`Show ${total.label}`}
                  onClick={() => onFilter(filterOf(total.label))}
                >
                  <bdi>{total.label}</bdi>
                </button>
              ) : (
                total.label
              )}
            </th>
            <td class="bar-column" aria-hidden="true">
              <div class="bar" style={{ width: share(total.all, most) }}>
                {VERDICTS.map((verdict) => (
                  <div key={verdict} class={verdict} style={{ width: share(total[verdict], total.all) }} />
                ))}
              </div>
            </td>
            {VERDICTS.map((verdict) => (
              <td key={verdict} class={`number ${total[verdict] === 0 ? 'none' : verdict}`}>
                {total[verdict].toLocaleString('en')}
              </td>
            ))}
            <td class="number">{total.all.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SummaryProps {
  readonly items: readonly ReviewItem[];
  readonly decisions: Decisions;
  readonly later: string;
  readonly isReadOnly: boolean;
  readonly onFilter: (filter: ReviewFilter) => void;
  readonly onBack: () => void;
  /** Left out where nothing can be written from here. */
  readonly onApply?: (() => void) | undefined;
  /** Left out where there is nothing to take along. */
  readonly onExport?: (() => void) | undefined;
}

/** What would change, by transform, level and directory. */
export function Summary(props: SummaryProps) {
  const { items, decisions, later, isReadOnly, onFilter, onBack, onApply, onExport } = props;
  const { all, accepted, rejected, undecided, files, charts } = useMemo(
    () => ({
      ...countsOf(items, decisions),
      all: items.filter(canDecide).length,
      files: acceptedFiles(items, decisions),
      charts: [
        {
          title: 'By transform',
          totals: totalsBy(items, decisions, ({ transform }) => transform),
          filterOf: (transform: string) => ({ transform }),
        },
        {
          title: 'By level',
          totals: totalsBy(items, decisions, ({ safety }) => safety),
          filterOf: (safety: string) => ({ safety: safety as ReviewItem['safety'] }),
        },
        {
          title: 'By directory',
          totals: totalsBy(items, decisions, ({ path }) => directoryOf(path)),
          filterOf: (path: string) => (path === './' ? {} : { path }),
        },
      ],
    }),
    [items, decisions],
  );
  const facts = [
    { verdict: 'accepted', count: accepted },
    { verdict: 'rejected', count: rejected },
    { verdict: 'undecided', count: undecided },
  ];
  return (
    <section class="summary" aria-labelledby="summary-title">
      <div class="summary-head">
        <h2 id="summary-title">Summary</h2>
        <button type="button" onClick={onBack}>
          Back to the proposals
        </button>
      </div>
      <ul class="facts">
        {facts.map(({ verdict, count }) => (
          <li key={verdict} class={verdict}>
            <strong>{count.toLocaleString('en')}</strong> {verdict}
          </li>
        ))}
        <li>
          <strong>{files.toLocaleString('en')}</strong> {files === 1 ? 'file' : 'files'} would change
        </li>
      </ul>
      {!isReadOnly && (
        <div class="next-step">
          {onApply !== undefined && (
            <button type="button" class="primary" disabled={accepted === 0} onClick={onApply}>
              Apply {counted(accepted, 'proposal')}…
            </button>
          )}
          {onExport !== undefined && (
            <button type="button" class="primary" onClick={onExport}>
              Save decisions.json
            </button>
          )}
          <p class="hint">
            {accepted === 0 && all > 0 && 'Nothing is accepted yet. '}
            {onApply === undefined ? 'To apply it: ' : 'Decisions are kept as you go. To apply them later: '}
            <code>{later}</code>
          </p>
        </div>
      )}
      {charts.map(({ title, totals, filterOf }) => (
        <Chart key={title} title={title} totals={totals} filterOf={filterOf} onFilter={onFilter} />
      ))}
    </section>
  );
}
