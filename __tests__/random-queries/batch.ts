import type { Transform } from '../../src/index.ts';
import { observe, type Databases, type Limits } from '../databases/cases.ts';
import { divergenceOf, type Observation } from '../databases/results.ts';
import { rewriteTogether, type Rewritten } from '../random-programs/rewrite.ts';
import type { QueryProgram } from './generator.ts';

/** A program after the engine has looked at it. */
export type Inspected = Rewritten<QueryProgram>;

/** A program of which a rewrite did something else. */
export interface Diverging extends Inspected {
  /** What is different, as a clause. */
  readonly difference: string;
}

/** Lets the engine rewrite all programs, each in a folder of its own, in one run for each value of its option. */
export async function inspectAll(
  programs: readonly QueryProgram[],
  transform: Transform,
  level: 'safe' | 'review' = 'safe',
): Promise<readonly Inspected[]> {
  const runs = new Map<QueryProgram, Inspected>();
  for (const chunk of new Set(programs.map((one) => one.chunk))) {
    const some = programs.filter((one) => one.chunk === chunk);
    const transforms = [{ transform, options: { ...transform.defaults, chunk } }];
    for (const one of await rewriteTogether(some, { transforms, level })) runs.set(one.program, one);
  }
  return programs.flatMap((one) => runs.get(one) ?? []);
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
