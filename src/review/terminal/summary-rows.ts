import type { Colors } from 'picocolors/types.js';
import stringWidth from 'string-width';
import { countsOf, verdictOf, type Counts } from '../deciding.ts';
import { counted } from '../describe.ts';
import type { ReviewItem } from '../review.ts';
import { padded, wrapped } from './fit.ts';
import { plainWords } from './plain-code.ts';
import type { TerminalState } from './state.ts';

/** How much has which verdict, in words. */
export function countsLine({ accepted, rejected, undecided }: Counts, colors: Colors): string {
  return [
    colors.green(`${accepted} accepted`),
    colors.red(`${rejected} rejected`),
    colors.yellow(`${undecided} undecided`),
  ].join(', ');
}

/** Rows of a table; there may be thousands of folders. */
const MOST_ROWS = 20;

const folderOf = ({ path }: ReviewItem): string => path.slice(0, path.lastIndexOf('/') + 1) || './';

function byKind(
  items: readonly ReviewItem[],
  kindOf: (item: ReviewItem) => string,
): ReadonlyMap<string, ReviewItem[]> {
  const kinds = new Map<string, ReviewItem[]>();
  for (const item of items) {
    const own = kinds.get(kindOf(item));
    if (own === undefined) kinds.set(kindOf(item), [item]);
    else own.push(item);
  }
  return kinds;
}

/** Columns of a name, where there is hardly room for it. */
const LEAST_NAME = 8;

/** Columns of a count. */
const CELL = 11;

const cell = (value: number | string): string => String(value).padStart(CELL);

/** What the tables count by. */
const TABLES: readonly (readonly [title: string, kindOf: (item: ReviewItem) => string])[] = [
  ['Transform', ({ transform }) => plainWords(transform)],
  ['Level', ({ safety }) => safety],
  ['Folder', (item) => plainWords(folderOf(item))],
];

/** How many of each kind have which verdict, those with most of them first, in tables of one width. */
function tables({ items, deciding, size }: TerminalState, colors: Colors): string[] {
  const all = TABLES.map(([title, kindOf]) => {
    const kinds = [...byKind(items, kindOf)].toSorted(
      ([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1),
    );
    return { title, kinds, more: kinds.length - MOST_ROWS };
  });
  const names = all.flatMap(({ title, kinds }) => [title, ...kinds.map(([kind]) => kind)]);
  const widest = names.reduce((most, name) => Math.max(most, stringWidth(name)), 0);
  const width = Math.max(LEAST_NAME, Math.min(size.columns - 3 * CELL, widest));
  return all.flatMap(({ title, kinds, more }) => [
    '',
    colors.bold(padded(title, width)) + colors.dim(['accepted', 'rejected', 'undecided'].map(cell).join('')),
    ...kinds.slice(0, MOST_ROWS).map(([kind, own]) => {
      const { accepted, rejected, undecided } = countsOf(own, deciding.decisions);
      const shown = [accepted, rejected, undecided].map((count) => cell(count === 0 ? '·' : count));
      return padded(kind, width) + shown.join('');
    }),
    ...(more > 0 ? [colors.dim(`and ${more} more`)] : []),
  ]);
}

/** What was decided, what it comes to, and what to do now. */
export function summaryRows(state: TerminalState, colors: Colors): string[] {
  const { items, deciding, reports, notices, blocked, size } = state;
  const { columns } = size;
  const counts = countsOf(items, deciding.decisions);
  const accepted = items.filter(({ id }) => verdictOf(deciding.decisions, id) === 'accepted');
  const files = new Set(accepted.flatMap((item) => item.files));
  const said: string[] = [];
  if (counts.undecided > 0) said.push('What is undecided stays as it is, and is asked about the next time.');
  if (reports > 0) {
    const left = reports === 1 ? 'finding is only reported' : 'findings are only reported';
    said.push(`${counted(reports, left, left)}, and not asked about: hasten check tells why.`);
  }
  said.push(...notices.map(plainWords));
  if (blocked !== '') said.push(`Writing would be refused: ${plainWords(blocked)}.`);
  return [
    ...wrapped(colors.bold(`What was decided about ${plainWords(state.name)}`), columns),
    ...wrapped(`${countsLine(counts, colors)}; ${counted(files.size, 'file')} would change.`, columns),
    ...said.flatMap((one) => wrapped(one, columns)),
    ...tables(state, colors),
  ];
}
