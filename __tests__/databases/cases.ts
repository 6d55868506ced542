import { posix } from 'node:path';
import type { FixtureCase, Texts } from '../../src/testing/cases.ts';
import { startMongo, type Mongo } from './mongo.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { writeProgram, type Program } from './programs.ts';
import { divergenceOf, linesOf, thrownLines, type Observation } from './results.ts';

/** A file of a case that is run before and after its rewrite. */
export interface QueryFixture {
  /** The name of the case and the path of the file in it. */
  readonly name: string;
  /** The file that exports `run`. */
  readonly start: string;
  readonly before: Texts;
  readonly after: Texts;
  /** How many statements it says that it sends. */
  readonly counts: { readonly before: number; readonly after: number };
}

/** A file of a case that must stay as it is. */
export interface KeptFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The databases that programs run on, each started when it is first needed. */
export interface Databases {
  postgres(): Promise<Postgres>;
  mongo(): Promise<Mongo>;
  close(): Promise<void>;
}

/** Databases of which none is started yet. */
export function createDatabases(): Databases {
  let postgres: Promise<Postgres> | undefined;
  let mongo: Promise<Mongo> | undefined;
  return {
    postgres: () => (postgres ??= startPostgres()),
    mongo: () => (mongo ??= startMongo()),
    async close() {
      await Promise.all([postgres, mongo].map(async (database) => (await database)?.close()));
    },
  };
}

/** Whether a case brings the data that it runs on. */
export const isExecutable = ({ input }: FixtureCase): boolean => SEEDS.some((path) => input.has(path));

const SEEDS = ['seed.sql', 'seed.json'];

/**
 * The files of an executable case that are run, and those that must stay: each has a function `run` and a line `// queries: 41 → 2` or
 * `// queries: 5`.
 * @throws {Error} where a file has one of these without the other, or there is no such file.
 */
export function filesOf({ name, input, output }: FixtureCase): {
  readonly run: readonly QueryFixture[];
  readonly kept: readonly KeptFile[];
} {
  const run: QueryFixture[] = [];
  const kept: KeptFile[] = [];
  const after = new Map([...input, ...output]);
  for (const [start, text] of input) {
    const counts = COUNTS.exec(text)?.groups;
    if ((counts !== undefined) !== RUN.test(text))
      throw new Error(`${name}/${start} must have both a function run and a line "// queries: …".`);
    if (counts === undefined) continue;
    const numbers = { before: Number(counts['before']), after: Number(counts['after']) };
    const file = { name: `${name}/${start}`, before: text, after: after.get(start) ?? text };
    if (counts['after'] === undefined) kept.push(file);
    else run.push({ name: file.name, start, before: input, after, counts: numbers });
  }
  if (run.length + kept.length === 0) throw new Error(`${name} has data, but no file that runs on it.`);
  return { run, kept };
}

const COUNTS = /^\/\/ queries: (?<before>\d+)(?: (?:→|->) (?<after>\d+))?\s*$/m;
const RUN =
  /^export (?:async function run\(|const run\b)|^(?:module\.)?exports\.run\s*=|^module\.exports\s*=\s*\{[^}]*\brun\b/m;

/**
 * Runs a fixture before and after its rewrite, each on fresh data. Gives what is wrong, as sentences; undefined where it does the same as before
 * and sends as many statements as it says, which must be fewer.
 */
export async function failureOf(
  { start, before, after, counts }: QueryFixture,
  databases: Databases,
  limits: Limits = LIMITS,
): Promise<string | undefined> {
  if ([...before].every(([path, text]) => after.get(path) === text)) return 'The rewrite changed nothing.';
  if (counts.after >= counts.before) return `From ${counts.before} to ${counts.after} queries is no gain.`;
  const was = await observeOnce(before, start, databases, limits);
  const is = await observeOnce(after, start, databases, limits);
  const divergence = divergenceOf(was, is);
  const failures = [
    divergence === undefined ? undefined : `It does something else: ${divergence}.`,
    countFailure('Before', was, counts.before),
    countFailure('After', is, counts.after),
  ].filter((failure) => failure !== undefined);
  return failures.length === 0 ? undefined : failures.join('\n');
}

function countFailure(when: string, { statements }: Observation, expected: number): string | undefined {
  if (statements.length === expected) return undefined;
  const list = statements.map((text) => `\n  ${text.slice(0, 300)}`).join('');
  return `${when} the rewrite it sent ${statements.length} queries, not ${expected}:${list}`;
}

/** How long a program may take, in milliseconds. */
export interface Limits {
  readonly run: number;
  readonly connect: number;
}

const LIMITS: Limits = { run: 10_000, connect: 10_000 };

const observed = new WeakMap<Databases, Map<string, Promise<Observation>>>();

/** As `observe`; the same texts run once on the same databases, whoever asks. */
export function observeOnce(
  texts: Texts,
  start: string,
  databases: Databases,
  limits: Limits = LIMITS,
): Promise<Observation> {
  const known = observed.get(databases) ?? new Map<string, Promise<Observation>>();
  observed.set(databases, known);
  const key = JSON.stringify([start, limits, ...texts]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const observation = observe(texts, start, databases, limits);
  known.set(key, observation);
  return observation;
}

/**
 * Runs a program on fresh data: `connect` of its `db` file, then `run` of the file `start`, then `disconnect`.
 * @throws {Error} where it cannot be loaded, cannot connect, or does not come to an end.
 */
export async function observe(
  texts: Texts,
  start: string,
  databases: Databases,
  limits: Limits = LIMITS,
): Promise<Observation> {
  const sql = texts.get('seed.sql');
  const database = sql === undefined ? await databases.mongo() : await databases.postgres();
  await database.reset(sql ?? texts.get('seed.json') ?? '{}');
  process.env['DATABASE_URL'] = database.url;
  const program = writeProgram(texts);
  try {
    const client = await clientOf(texts, program);
    const run = functionIn(await program.load(start), 'run');
    if (run === undefined) throw new Error(`${start} exports no function run.`);
    try {
      await within(limits.connect, 'connect', client.connect);
      const sentBefore = database.statements.length;
      const lastSent = (): string | undefined => database.statements.at(-1);
      const printed: string[] = [];
      const giveBack = capturePrinted(printed);
      const timed = (): Promise<unknown> => within(limits.run, `run of ${start}`, run, lastSent);
      const outcome = await outcomeOf(timed, program.folder).finally(giveBack);
      await within(limits.connect, 'disconnect', client.disconnect);
      const statements = database.statements.slice(sentBefore);
      return { ...outcome, printed, statements, contents: await database.dump() };
    } finally {
      // Where `run` hung, this may hang too: the reset of the database turns it out.
      await within(limits.connect, 'disconnect', client.disconnect).catch(() => undefined);
    }
  } finally {
    program.remove();
  }
}

interface Client {
  connect(): Promise<unknown>;
  /** Does so once. */
  disconnect(): Promise<unknown>;
}

async function clientOf(texts: Texts, program: Program): Promise<Client> {
  const path = [...texts.keys()].find((one) => /^db\.[mc]?[jt]s$/.test(posix.basename(one)));
  if (path === undefined) throw new Error('The program has no file db.ts.');
  const exported = await program.load(path);
  const connect = functionIn(exported, 'connect');
  const disconnect = functionIn(exported, 'disconnect');
  if (disconnect === undefined) throw new Error(`${path} exports no function disconnect.`);
  let disconnected: Promise<unknown> | undefined;
  return {
    connect: async () => connect?.(),
    disconnect: () => (disconnected ??= (async () => disconnect())()),
  };
}

function functionIn(exported: ReadonlyMap<string, unknown>, name: string): (() => unknown) | undefined {
  const found = exported.get(name);
  return typeof found === 'function' ? () => found() : undefined;
}

/** What `action` gives, or an error that tells what took too long. */
async function within(
  limit: number,
  what: string,
  action: () => unknown,
  lastStatement: () => string | undefined = () => undefined,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const last = lastStatement();
      const after = last === undefined ? '' : `; the last statement was ${last.slice(0, 300)}`;
      reject(new TooLong(`${what} did not come to an end within ${limit} ms${after}`));
    }, limit);
  });
  try {
    return await Promise.race([(async () => action())(), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** Says that a program hung, which is never what it gives. */
class TooLong extends Error {}

async function outcomeOf(
  run: () => Promise<unknown>,
  folder: string,
): Promise<Pick<Observation, 'outcome' | 'json'>> {
  try {
    const result = await run();
    return { outcome: linesOf(result), json: jsonOf(result) };
  } catch (error) {
    if (error instanceof TooLong) throw error;
    return { outcome: thrownLines(error, folder), json: undefined };
  }
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch (error) {
    return String(error);
  }
}

/** Puts what is printed into `printed`, until the function that it gives is called. */
function capturePrinted(printed: string[]): () => void {
  const names = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;
  const originals = names.map((name) => [name, console[name]] as const);
  for (const name of names) {
    console[name] = (...args: readonly unknown[]) => {
      printed.push(...linesOf(args, `console.${name}`));
    };
  }
  return () => {
    for (const [name, original] of originals) console[name] = original;
  };
}
