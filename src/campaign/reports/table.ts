import type { Colors } from 'picocolors/types.js';
import { SAFETIES } from '../../evidence.ts';
import { counted, painted, visible } from '../../review/describe.ts';
import type { Count } from '../outcome.ts';
import type { CampaignStatus, RepositoryStatus } from '../status.ts';

/** A duration as people say it: `41 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** How much was found of each level. */
const foundOf = (counts: readonly Count[]): string[] =>
  SAFETIES.map((level) => {
    const found = counts.filter(({ safety }) => safety === level).reduce((sum, one) => sum + one.found, 0);
    return found === 0 ? '' : found.toLocaleString('en');
  });

/** The state in a word or two. */
export function stateOf({ state, step }: RepositoryStatus): string {
  if (state === 'failed') return `failed: ${step ?? ''}`;
  if (state === 'working') return `${step ?? 'starting'} …`;
  return state === 'left-out' ? 'left out' : state;
}

function paintedState(one: RepositoryStatus, text: string, colors: Colors): string {
  if (one.state === 'failed') return colors.red(text);
  if (one.state === 'changed') return colors.green(text);
  return one.state === 'working' ? colors.cyan(text) : colors.dim(text);
}

const places = (one: RepositoryStatus): number =>
  (one.outcome?.counts ?? []).reduce((sum, { changed }) => sum + changed, 0);

/** Rows with columns as wide as they need to be; from `firstNumber` on they stand to the right. */
function aligned(rows: readonly (readonly string[])[], firstNumber: number): string[][] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) =>
      column < firstNumber ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    ),
  );
}

const HEADER = ['repository', 'state', ...SAFETIES, 'changed', 'files', 'time'];

const cut = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;

/** What there is to read below the line of a repository. */
function* notesOf({ reason, outcome, landing }: RepositoryStatus): Iterable<string> {
  if (reason !== undefined) yield visible(reason);
  const [failure] = outcome?.failures ?? [];
  const more = (outcome?.failures.length ?? 0) - 1;
  if (failure !== undefined)
    yield `not done: ${visible(failure.path)}: ${visible(failure.reason)}${more > 0 ? `, and ${counted(more, 'more thing')}` : ''}`;
  if (landing?.pullRequest?.url !== undefined) yield visible(landing.pullRequest.url);
}

/** How far a campaign is, in a line. */
export function headline({ record, repositories, isRunning }: CampaignStatus): string {
  const count = (state: string): number => repositories.filter((one) => one.state === state).length;
  const done = repositories.length - count('waiting') - count('working');
  const parts = [
    `${done} of ${counted(repositories.length, 'repository', 'repositories')} done`,
    ...(['changed', 'unchanged', 'left-out', 'failed', 'working'] as const).flatMap((state) =>
      count(state) === 0 ? [] : [`${count(state)} ${state === 'left-out' ? 'left out' : state}`],
    ),
  ];
  const mode = record.dryRun ? ' (dry run)' : '';
  const stopped = isRunning || done === repositories.length ? '' : '; nobody is at work on it';
  return `${record.name}${mode}: ${parts.join(', ')}${stopped}`;
}

/** What people look at first, where not all can be shown. */
const BY_INTEREST: readonly RepositoryStatus['state'][] = [
  'working',
  'failed',
  'changed',
  'left-out',
  'unchanged',
  'waiting',
];

const rank = ({ state }: RepositoryStatus): number => BY_INTEREST.indexOf(state);

/** At most `most` of them, those that matter most, in their order. */
function shownOf(all: readonly RepositoryStatus[], most: number): readonly RepositoryStatus[] {
  if (all.length <= most) return all;
  const chosen = new Set(all.toSorted((a, b) => rank(a) - rank(b)).slice(0, most));
  return all.filter((one) => chosen.has(one));
}

function* repositoryLines(
  shown: readonly RepositoryStatus[],
  { width, colors, hasNotes }: TableRequest & { readonly hasNotes: boolean },
): Iterable<string> {
  const rows = shown.map((one) => [
    visible(one.repository),
    stateOf(one),
    ...foundOf(one.outcome?.counts ?? []),
    places(one) === 0 ? '' : places(one).toLocaleString('en'),
    one.outcome === undefined || one.outcome.changes.length === 0 ? '' : String(one.outcome.changes.length),
    duration(one.seconds),
  ]);
  const [header = [], ...lines] = aligned([HEADER, ...rows], 2);
  yield `${colors.bold(header.join('  ').trimEnd())}\n`;
  for (const [index, [name = '', state = '', ...numbers]] of lines.entries()) {
    const one = shown[index];
    if (one === undefined) continue;
    yield `${`${name}  ${paintedState(one, state, colors)}  ${numbers.join('  ')}`.trimEnd()}\n`;
    if (hasNotes) for (const note of notesOf(one)) yield `${colors.dim(cut(`    ${note}`, width))}\n`;
  }
}

function* totalLines(totals: CampaignStatus['totals'], colors: Colors): Iterable<string> {
  const counts = totals.map(({ transform, safety, found, changed, repositories }) => [
    visible(transform),
    safety,
    found.toLocaleString('en'),
    changed.toLocaleString('en'),
    String(repositories),
  ]);
  const [names = [], ...sums] = aligned(
    [['transform', 'level', 'found', 'changed', 'repositories'], ...counts],
    2,
  );
  yield `\n${colors.bold(names.join('  '))}\n`;
  for (const [index, [name = '', level = '', ...numbers]] of sums.entries()) {
    const safety = totals[index]?.safety ?? 'report';
    yield `${name}  ${level.replace(safety, painted(safety, colors))}  ${numbers.join('  ')}\n`;
  }
}

/** How wide a table may be, and how high: where there are not so many rows, the repositories that matter least are left out. */
export interface TableRequest {
  readonly width: number;
  readonly rows?: number;
  readonly colors: Colors;
}

/** Lines around those of the repositories: the headline, headers, and empty ones. */
const AROUND = 7;

/** Where a campaign stands, as lines: each repository, and what was found by transform and level. */
export function* statusTable(status: CampaignStatus, request: TableRequest): Iterable<string> {
  const { colors, rows = Infinity } = request;
  const { repositories, totals } = status;
  yield `${colors.bold(headline(status))}\n\n`;
  const most = Math.max(3, rows - AROUND - totals.length);
  const shown = shownOf(repositories, most);
  yield* repositoryLines(shown, { ...request, hasNotes: rows === Infinity });
  const more = repositories.length - shown.length;
  if (more > 0) yield `${colors.dim(`and ${counted(more, 'more repository', 'more repositories')}`)}\n`;
  if (totals.length > 0) yield* totalLines(totals, colors);
}
