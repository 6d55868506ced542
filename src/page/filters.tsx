import type { RefObject } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ReviewFilter } from '../review/deciding.ts';
import type { ReviewItem } from '../review/review.ts';
import { folderOf, GROUPINGS, type Grouping } from './tree-rows.ts';

type Facet = Exclude<keyof ReviewFilter, 'text'>;

const LABELS: Readonly<Record<Facet, string>> = {
  verdict: 'Verdict',
  safety: 'Level',
  transform: 'Transform',
  path: 'Folder',
  owner: 'Owner',
};

const FACETS = ['verdict', 'safety', 'transform', 'path', 'owner'] as const;

const GROUPING_LABELS: Readonly<Record<Grouping, string>> = {
  transform: 'transform',
  file: 'file',
  owner: 'owner',
  level: 'level',
};

/** Every folder that items lie in, and those above them. */
function foldersOf(items: readonly ReviewItem[]): string[] {
  const folders = new Set<string>();
  for (const { path } of items)
    for (
      let folder = folderOf(path);
      folder !== './' && !folders.has(folder);
      folder = folderOf(folder.slice(0, -1))
    )
      folders.add(folder);
  return [...folders].toSorted();
}

/** What can be chosen in each filter. */
export function choicesOf(
  items: readonly ReviewItem[],
  isReports: boolean,
): Readonly<Record<Facet, readonly string[]>> {
  const distinct = (of: (item: ReviewItem) => string): string[] => [...new Set(items.map(of))].toSorted();
  return {
    verdict: isReports ? [] : ['undecided', 'accepted', 'rejected'],
    safety: isReports ? [] : ['safe', 'review'],
    transform: distinct(({ transform }) => transform),
    path: foldersOf(items),
    owner: distinct(({ owner }) => owner),
  };
}

/** A filter without one of its parts. */
export function without(filter: ReviewFilter, part: keyof ReviewFilter): ReviewFilter {
  const { [part]: _, ...rest } = filter;
  return rest;
}

/** How many parts of a filter hold something back. */
export const isFiltering = (filter: ReviewFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined && value !== '');

interface FiltersProps {
  /** What is there without a filter. */
  readonly items: readonly ReviewItem[];
  readonly isReports: boolean;
  readonly filter: ReviewFilter;
  readonly grouping: Grouping;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: ReviewFilter) => void;
  readonly onGroup: (grouping: Grouping) => void;
  /** Leaves the search for the list. */
  readonly onDone: () => void;
}

/** What is searched for, what the tree is ordered by, the filters, and those that are on. */
export function Filters({
  items,
  isReports,
  filter,
  grouping,
  search,
  onFilter,
  onGroup,
  onDone,
}: FiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const choices = useMemo(() => choicesOf(items, isReports), [items, isReports]);
  const set = (part: keyof ReviewFilter, value: string): void =>
    onFilter(value === '' ? without(filter, part) : { ...filter, [part]: value });
  const on = FACETS.filter((facet) => filter[facet] !== undefined);
  return (
    <div class="filters">
      <div class="search-line">
        <input
          ref={search}
          type="search"
          placeholder="Search"
          aria-label="Search in titles, paths, transforms and evidence"
          aria-keyshortcuts="/"
          value={filter.text ?? ''}
          onInput={({ currentTarget }) => set('text', currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            if (event.key === 'Escape') set('text', '');
            event.currentTarget.blur();
            onDone();
          }}
        />
        <button type="button" aria-expanded={isOpen} aria-controls="facets" onClick={() => setOpen(!isOpen)}>
          Filters{on.length > 0 && <span class="badge">{on.length}</span>}
        </button>
      </div>
      <div class="order-line">
        <label>
          By{' '}
          <select value={grouping} onChange={({ currentTarget }) => onGroup(currentTarget.value as Grouping)}>
            {GROUPINGS.map((one) => (
              <option key={one} value={one}>
                {GROUPING_LABELS[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div id="facets" class="facets" hidden={!isOpen}>
        {FACETS.filter((facet) => choices[facet].length > 0).map((facet) => (
          <label key={facet}>
            <span>{LABELS[facet]}</span>
            <select
              value={filter[facet] ?? ''}
              onChange={({ currentTarget }) => set(facet, currentTarget.value)}
            >
              <option value="">all</option>
              {choices[facet].map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
              {filter[facet] !== undefined && !choices[facet].includes(filter[facet]) && (
                <option value={filter[facet]}>{filter[facet]}</option>
              )}
            </select>
          </label>
        ))}
      </div>
      {on.length > 0 && (
        <ul class="chips" aria-label="Filters that are on">
          {on.map((facet) => (
            <li key={facet}>
              <button
                type="button"
                class="chip"
                title="Take this filter away"
                onClick={() => onFilter(without(filter, facet))}
              >
                <span class="chip-label">{LABELS[facet]}</span> <bdi>{filter[facet]}</bdi>
                <span aria-hidden="true"> ×</span>
                <span class="unseen">: take this filter away</span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              class="quiet"
              onClick={() => onFilter(filter.text === undefined ? {} : { text: filter.text })}
            >
              Clear
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
