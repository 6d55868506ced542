import { useMemo } from 'preact/hooks';
import type { PageCount, PageRepository, PageStatus } from '../../campaign/web/protocol.ts';
import { counted, LevelTag } from '../words.tsx';
import { addressOf } from './place.ts';
import { RequestLink, StateTag } from './state.tsx';

type State = PageRepository['state'];

/** In the order in which somebody wants to know of them. */
const STATES: readonly State[] = ['working', 'failed', 'changed', 'unchanged', 'left-out', 'waiting'];

const LEVELS = ['safe', 'review', 'report'] as const;

/** How many repositories are shown at once; the others follow where somebody asks for them. */
const MOST_ROWS = 200;

const sum = (counts: readonly PageCount[], of: (count: PageCount) => number): number =>
  counts.reduce((all, count) => all + of(count), 0);

/** A number in a table, if it is one to look at; on a narrow window its column has no head, so it is named beside it. */
const NumberCell = ({ label, value }: { label: string; value: number }) => (
  <td class="number" data-label={label}>
    {value === 0 ? '' : value.toLocaleString('en')}
  </td>
);

function Row({ one }: { one: PageRepository }) {
  const { name, counts, files, failures, reason, request, time } = one;
  return (
    <tr>
      <th scope="row">
        <bdi>
          <a href={addressOf(name, one.state === 'changed' ? 'diff' : 'log')}>{name}</a>
        </bdi>
        {reason !== undefined && <span class="reason">{reason}</span>}
        {failures > 0 && <span class="reason">{counted(failures, 'file')} could not be done</span>}
        {request !== undefined && <RequestLink request={request} />}
      </th>
      <td class="state-cell">
        <StateTag repository={one} />
      </td>
      {LEVELS.map((level) => (
        <NumberCell
          key={level}
          label={level}
          value={sum(
            counts.filter(({ safety }) => safety === level),
            ({ found }) => found,
          )}
        />
      ))}
      <NumberCell label="changed" value={sum(counts, ({ changed }) => changed)} />
      <NumberCell label={files === 1 ? 'file' : 'files'} value={files} />
      <td class="number time" data-label="">
        {time}
      </td>
      <td class="links">
        {files > 0 && (
          <a href={addressOf(name, 'diff')} aria-label={`Diff of ${name}`}>
            diff
          </a>
        )}{' '}
        {one.state !== 'waiting' && (
          <a href={addressOf(name, 'log')} aria-label={`Log of ${name}`}>
            log
          </a>
        )}
      </td>
    </tr>
  );
}

function Totals({ totals }: Pick<PageStatus, 'totals'>) {
  return (
    <table class="chart totals">
      <caption>By transform</caption>
      <thead>
        <tr>
          <th scope="col">transform</th>
          <th scope="col">level</th>
          <th scope="col" class="number">
            found
          </th>
          <th scope="col" class="number">
            changed
          </th>
          <th scope="col" class="number">
            repositories
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ transform, safety, found, changed, repositories }) => (
          <tr key={`${safety} ${transform}`}>
            <th scope="row">
              <bdi>{transform}</bdi>
            </th>
            <td>
              <LevelTag safety={safety} />
            </td>
            <td class="number">{found.toLocaleString('en')}</td>
            <td class={`number ${changed === 0 ? 'none' : 'accepted'}`}>{changed.toLocaleString('en')}</td>
            <td class="number">{repositories.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Buttons for the states that there are, each with how many repositories have it. */
function StateFilter({
  repositories,
  state,
  onState,
}: {
  repositories: readonly PageRepository[];
  state: State | undefined;
  onState: (state: State | undefined) => void;
}) {
  const count = (of: State): number => repositories.filter((one) => one.state === of).length;
  const button = (label: string, of: State | undefined, many: number) => (
    <button key={label} type="button" aria-pressed={state === of} onClick={() => onState(of)}>
      {label} {many.toLocaleString('en')}
    </button>
  );
  return (
    <div class="choice states" role="group" aria-label="Show">
      {button('All', undefined, repositories.length)}
      {STATES.filter((of) => of === state || count(of) > 0).map((of) =>
        button(of === 'left-out' ? 'left out' : of, of, count(of)),
      )}
    </div>
  );
}

const holds = ({ name, says, reason = '', counts }: PageRepository, text: string): boolean =>
  [name, says, reason, ...counts.map(({ transform }) => transform)].some((one) =>
    one.toLowerCase().includes(text.toLowerCase()),
  );

/** Which repositories are shown, and how many of them. */
export interface Shown {
  readonly state?: State | undefined;
  readonly text: string;
  readonly most: number;
}

/** What is shown before anybody asks for something else. */
export const SHOWN_FIRST: Shown = { text: '', most: MOST_ROWS };

/** All repositories, and what was found in them. */
export function Overview({
  status,
  wanted,
  onWanted,
}: {
  status: PageStatus;
  wanted: Shown;
  onWanted: (wanted: Shown) => void;
}) {
  const { repositories, totals, headline } = status;
  const { state, text, most } = wanted;
  const shown = useMemo(
    () => repositories.filter((one) => (state === undefined || one.state === state) && holds(one, text)),
    [repositories, state, text],
  );
  const more = shown.length - most;
  return (
    <section class="overview" aria-labelledby="overview-title">
      <div role="status">
        <h2 id="overview-title">
          <bdi>{headline}</bdi>
        </h2>
      </div>
      <div class="filters">
        <StateFilter
          repositories={repositories}
          state={state}
          onState={(chosen) => onWanted({ ...wanted, state: chosen })}
        />
        <input
          type="search"
          placeholder="Name, reason or transform"
          aria-label="Show only repositories with this text"
          value={text}
          onInput={({ currentTarget }) => onWanted({ ...wanted, text: currentTarget.value })}
        />
      </div>
      <table class="chart repositories">
        <caption class="unseen">Repositories</caption>
        <thead>
          <tr>
            <th scope="col">repository</th>
            <th scope="col">state</th>
            {[...LEVELS, 'changed', 'files', 'time'].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">Diff and log</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, most).map((one) => (
            <Row key={one.name} one={one} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="hint">No repository is like that.</p>}
      {more > 0 && (
        <button
          type="button"
          class="more"
          onClick={() => onWanted({ ...wanted, most: most + 5 * MOST_ROWS })}
        >
          Show more: {counted(more, 'repository', 'repositories')} left
        </button>
      )}
      {totals.length > 0 && <Totals totals={totals} />}
    </section>
  );
}
