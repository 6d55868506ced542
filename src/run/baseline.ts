import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Proposal } from '../transform.ts';
import type { Plan } from './plan.ts';

/** The version of the format that is written, and the newest that is read. */
export const BASELINE_VERSION = 1;

/**
 * Findings that are known: how many of each there are, by the path of their file and by transform and fingerprint, as
 * `console-to-logger 3f2a9c0d1e2f`. Paths are relative to the folder of the baseline, with forward slashes.
 */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A baseline that was written by a newer version. */
export class NewerBaselineError extends Error {
  override readonly name = 'NewerBaselineError';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

const ENTRY = /^\S+ [0-9a-f]{12}$/;

/**
 * The baseline in a JSON value.
 * @throws {NewerBaselineError} where it was written by a newer version.
 * @throws {TypeError} where it is none, with what is wrong.
 */
export function asBaseline(value: unknown): Baseline {
  if (!isRecord(value) || !isCount(value.version)) throw new TypeError('it has no "version"');
  if (value.version > BASELINE_VERSION)
    throw new NewerBaselineError(
      `it has version ${value.version}, and this hasten reads up to ${BASELINE_VERSION}`,
    );
  if (!isRecord(value.findings)) throw new TypeError('it has no "findings"');
  const files = Object.entries(value.findings).map(([path, entries]) => {
    if (!isRecord(entries)) throw new TypeError(`${JSON.stringify(path)} is no object of findings`);
    const counts = Object.entries(entries).map(([entry, count]) => {
      if (!ENTRY.test(entry) || !isCount(count))
        throw new TypeError(
          `${JSON.stringify(entry)} of ${JSON.stringify(path)} is no transform and fingerprint with a count`,
        );
      return [entry, count] as const;
    });
    return [path, new Map(counts)] as const;
  });
  return new Map(files);
}

const sorted = <T>(entries: ReadonlyMap<string, T>): (readonly [string, T])[] =>
  [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** A baseline as it is kept: one line for each kind of finding, in a stable order, so that two that grew apart are easily merged. */
export function baselineText(baseline: Baseline): string {
  const findings = sorted(baseline)
    .filter(([, entries]) => entries.size > 0)
    .map(([path, entries]) => [path, Object.fromEntries(sorted(entries))] as const);
  return `${JSON.stringify({ version: BASELINE_VERSION, findings: Object.fromEntries(findings) }, null, 2)}\n`;
}

/** How many findings a baseline has. */
export const sizeOf = (baseline: Baseline): number =>
  [...baseline.values()].flatMap((entries) => [...entries.values()]).reduce((sum, count) => sum + count, 0);

/**
 * What a finding goes by: its transform, and its code without regard to how it is laid out, so that moving or formatting it changes
 * nothing. Neither the line nor the path is in it.
 */
function entryOf(transform: string, text: string): string {
  const code = text.replace(/\s+/g, '').replace(/,(?=[)\]}])/g, '');
  return `${transform} ${createHash('sha256').update(`${transform}\0${code}`).digest('hex').slice(0, 12)}`;
}

const transformOf = (entry: string): string => entry.slice(0, entry.indexOf(' '));

/** What a baseline is compared with. */
export interface Today {
  readonly plan: Pick<Plan, 'findings' | 'failures' | 'looked'>;
  /** The folder of the baseline, absolute. */
  readonly folder: string;
  /** Whether all files were looked at that the baseline may speak of. */
  readonly isWhole: boolean;
  /** The text of a file as it is. */
  readonly textOf: (path: string) => string;
}

/** The name of a file in the baseline. */
const nameIn = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

/** A finding that is neither ignored nor the engine's own, under the names that a baseline has for it. */
interface Named {
  readonly finding: Proposal;
  readonly file: string;
  readonly entry: string;
}

const namedOf = ({ plan: { findings }, folder, textOf }: Today): Named[] =>
  findings
    .filter(({ ignored }) => ignored === undefined)
    .map((finding) => ({
      finding,
      file: nameIn(folder, finding.path),
      entry: entryOf(finding.transform, textOf(finding.path).slice(finding.start, finding.end)),
    }));

/** Whether a run would have found what an entry of `file` stands for, if it were there still. */
function wasSought({
  plan: { looked, failures },
  folder,
  isWhole,
}: Today): (file: string, entry: string) => boolean {
  const files = new Set(looked.files.map((path) => nameIn(folder, path)));
  const transforms = new Set(looked.transforms);
  const failed = failures.map(({ path }) => nameIn(folder, path));
  for (const { transform } of failures) if (transform !== undefined) transforms.delete(transform);
  return (file, entry) =>
    transforms.has(transformOf(entry)) &&
    !failed.some((path) => file === path || file.startsWith(`${path}/`)) &&
    (isWhole || files.has(file));
}

/** What a baseline says of today's findings. */
export interface Compared {
  /** All findings; those that the baseline has say so. */
  readonly findings: readonly Proposal[];
  /** How many findings it has. */
  readonly known: number;
  /** How many of those that it has are gone. */
  readonly fixed: number;
}

/** Numbers that are taken away from one by one. */
class Counts {
  private readonly counts = new Map<string, number>();

  add(key: string, count: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }

  /** Takes one away; false where there is none. */
  take(key: string): boolean {
    const count = this.counts.get(key) ?? 0;
    if (count > 0) this.counts.set(key, count - 1);
    return count > 0;
  }
}

/**
 * Tells which findings the baseline has. The same finding is in it as often as it was there; of more, the last ones are new. The
 * entries of a file that is gone stand for the same code in files that the baseline does not know: a file that was renamed keeps its own.
 */
export function compareWith(baseline: Baseline, today: Today): Compared {
  const gone = new Set([...baseline.keys()].filter((file) => !existsSync(join(today.folder, file))));
  /** What an entry of a file that is gone may stand for is not bound to a file. */
  const keyOf = (file: string, entry: string): string => (gone.has(file) ? entry : `${file}\0${entry}`);
  const left = new Counts();
  for (const [file, entries] of baseline)
    for (const [entry, count] of entries) left.add(keyOf(file, entry), count);
  const known = new Set<Proposal>();
  for (const { finding, file, entry } of namedOf(today))
    if (left.take(baseline.has(file) ? keyOf(file, entry) : entry)) known.add(finding);

  const isSought = wasSought(today);
  let fixed = 0;
  for (const [file, entries] of baseline)
    for (const [entry, count] of entries)
      for (let one = 0; one < count; one++)
        if (left.take(keyOf(file, entry)) && isSought(file, entry)) fixed++;
  const findings = today.plan.findings.map((one) => (known.has(one) ? { ...one, inBaseline: true } : one));
  return { findings, known: known.size, fixed };
}

/** Today's findings as a baseline, and of `old` what the run could not have found. */
export function baselineOf(today: Today, old: Baseline = new Map()): Baseline {
  const made = new Map<string, Map<string, number>>();
  const entriesOf = (file: string): Map<string, number> => {
    const known = made.get(file) ?? new Map<string, number>();
    made.set(file, known);
    return known;
  };
  for (const { file, entry } of namedOf(today)) {
    const entries = entriesOf(file);
    entries.set(entry, (entries.get(entry) ?? 0) + 1);
  }
  const isSought = wasSought(today);
  for (const [file, counts] of old) {
    for (const [entry, count] of counts) {
      if (isSought(file, entry)) continue;
      const entries = entriesOf(file);
      entries.set(entry, Math.max(entries.get(entry) ?? 0, count));
    }
  }
  return made;
}
