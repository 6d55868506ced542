import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Proposal, Transform } from '../../src/index.ts';
import { plan } from '../../src/run/plan.ts';
import { observe, type Databases, type Limits } from '../databases/cases.ts';
import { divergenceOf, type Observation } from '../databases/results.ts';
import { textsOf } from '../random-programs/program.ts';
import type { QueryProgram } from './generator.ts';

/** A program after the engine has looked at it. */
export interface Inspected {
  readonly program: QueryProgram;
  readonly before: ReadonlyMap<string, string>;
  /** With all that the level allows applied. */
  readonly after: ReadonlyMap<string, string>;
  readonly isChanged: boolean;
  readonly findings: readonly Proposal[];
  /** Why a file of it could not be read, parsed or inspected. */
  readonly failures: readonly string[];
}

/** A program of which a rewrite did something else. */
export interface Diverging extends Inspected {
  /** What is different, as a clause. */
  readonly difference: string;
}

const PROJECT = join(import.meta.dirname, '..', '..');

/** Lets the engine rewrite all programs, each in a folder of its own, in one run for each value of its option. */
export async function inspectAll(
  programs: readonly QueryProgram[],
  transform: Transform,
  level: 'safe' | 'review' = 'safe',
): Promise<readonly Inspected[]> {
  const chunks = [...new Set(programs.map(({ chunk }) => chunk))];
  const runs = new Map<QueryProgram, Inspected>();
  for (const chunk of chunks) {
    const some = programs.filter((one) => one.chunk === chunk);
    for (const one of await inspectTogether(some, transform, { level, chunk })) runs.set(one.program, one);
  }
  return programs.flatMap((one) => runs.get(one) ?? []);
}

async function inspectTogether(
  programs: readonly QueryProgram[],
  transform: Transform,
  { level, chunk }: { readonly level: 'safe' | 'review'; readonly chunk: number },
): Promise<readonly Inspected[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-random-')));
  try {
    symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'junction');
    const texts = programs.map(textsOf);
    const folders = programs.map((_, number) => join(root, `program${number}`));
    for (const [number, files] of texts.entries()) {
      for (const [path, text] of files) {
        const target = join(folders[number] ?? '', path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
    }
    const made = await plan({
      cwd: root,
      paths: ['.'],
      level,
      format: false,
      fileTimeLimit: 60_000,
      transforms: [{ transform, options: { ...transform.defaults, chunk } }],
    });
    const changed = new Map(made.changes.map(({ path, after }) => [path, after]));
    const numberOf = (path: string): number =>
      Number(/^program(\d+)$/.exec(relative(root, path).split(sep)[0] ?? '')?.[1]);
    const findings = programs.map((): Proposal[] => []);
    for (const one of made.findings) findings[numberOf(one.path)]?.push(one);
    const failures = programs.map((): string[] => []);
    for (const { path, reason } of made.failures) failures[numberOf(path)]?.push(`${path}: ${reason}`);
    return programs.map((program, number) => {
      const before = texts[number] ?? new Map<string, string>();
      const after = new Map(
        [...before].map(([path, text]) => [path, changed.get(join(folders[number] ?? '', path)) ?? text]),
      );
      return {
        program,
        before,
        after,
        isChanged: [...before].some(([path, text]) => after.get(path) !== text),
        findings: findings[number] ?? [],
        failures: failures[number] ?? [],
      };
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const LIMITS: Limits = { run: 8_000, connect: 8_000 };

/**
 * What a program does; a clause where it cannot be run. Programs print nothing: what a driver warns of once in the life of a process is no
 * part of what they do. Nor is the text of a query in the message of its error, which another query cannot have.
 */
export async function observed(
  texts: ReadonlyMap<string, string>,
  databases: Databases,
): Promise<Observation | string> {
  try {
    const all = await observe(texts, 'main.ts', databases, LIMITS);
    return { ...all, outcome: all.outcome.map(withoutQuery), printed: [] };
  } catch (error) {
    return `it does not run: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** An error without the query that Knex puts before the message of the database, and Drizzle instead of it. */
const withoutQuery = (outcome: string): string =>
  outcome
    .replace(/^(thrown: [^:]*: )select\b.* - /i, '$1')
    .replace(/^(thrown: [^:]*: Failed query): select\b.*/is, '$1');

/** What a rewrite makes different, as a clause; undefined where it does the same as before in no more statements. */
export async function differenceOf(one: Inspected, databases: Databases): Promise<string | undefined> {
  const was = await observed(one.before, databases);
  // What does not run cannot be compared: a test of its own says that there are few such programs.
  if (typeof was === 'string') return undefined;
  const is = await observed(one.after, databases);
  if (typeof is === 'string') return is;
  return divergenceOf(was, is) ?? tooManyStatements(one, was, is);
}

/**
 * Statements must not become more. Two things are allowed: a query that no turn came to is sent once now, since the keys of all turns are
 * gathered whether they come to it or not (its list of keys may be empty); and what is asked in chunks is sent once for each.
 */
function tooManyStatements(
  { before, program: { chunk, questions } }: Inspected,
  was: Observation,
  is: Observation,
): string | undefined {
  const main = before.get('main.ts') ?? '';
  const asked = questions.filter((text) => main.includes(text));
  const sent = new Set(was.statements.filter((text) => /^select/i.test(text)).map(shapeOf));
  const never = Math.max(0, asked.length - sent.size);
  const most = was.statements.length + never * (chunk === 0 ? 1 : MOST_CHUNKS);
  return is.statements.length > most
    ? `it sent ${was.statements.length} statements, now ${is.statements.length}`
    : undefined;
}

/** No list of a program is longer than so many chunks of two. */
const MOST_CHUNKS = 20;

/** A statement without how many values it is given, and whether one of them is null. */
const shapeOf = (statement: string): string =>
  statement
    .replaceAll(/\$\d+(?:\s*,\s*\$\d+)*/g, '$')
    .replaceAll(/ (?:= \$|IN \(\$\)|IS NULL)/gi, ' is $')
    .replaceAll(/\b1 ?= ?[01]\b/g, 'it is $');

/** The programs among `inspected` of which a rewrite did something else, at most `most`. */
export async function divergingAmong(
  inspected: readonly Inspected[],
  databases: Databases,
  most = Infinity,
): Promise<readonly Diverging[]> {
  const found: Diverging[] = [];
  for (const one of inspected) {
    if (found.length >= most) break;
    if (!one.isChanged) continue;
    const difference = await differenceOf(one, databases);
    if (difference !== undefined) found.push({ ...one, difference });
  }
  return found;
}
