/**
 * What `query-in-loop-to-include` calls safe, proved on random programs: each runs before and after on a PostgreSQL with the same data,
 * and must do the same in no more statements. `random-queries/long.ts` does it for as many as wanted.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { builtIn } from '../src/run/catalog.ts';
import { createDatabases } from './databases/cases.ts';
import {
  differenceOf,
  divergingAmong,
  inspectAll,
  observed,
  type Diverging,
  type Inspected,
} from './random-queries/batch.ts';
import { somePrograms, type QueryProgram } from './random-queries/generator.ts';
import { LIBRARIES } from './random-queries/libraries.ts';
import { knex as knexLibrary } from './random-queries/libraries/knex.ts';
import { prisma } from './random-queries/libraries/prisma.ts';
import { SABOTEURS, SEEN_ELSEWHERE, type Saboteur } from './random-queries/saboteurs.ts';
import { Rewrites } from './random-queries/tally.ts';
import { textsOf } from './random-programs/program.ts';

const SEED = 20;
/** Programs of each library, and how many more of the one that loads rows eagerly most often. */
const PROGRAMS = 12;
const RELATED = 20;
/** The seed of programs that tell each saboteur several times. */
const ABOUT_SEED = 2;
/** Programs in which a saboteur is looked for, all of them about what it forgets. */
const ABOUT = 20;

/** What is taken for granted in which program of a run, by their numbers. */
const taken = vi.hoisted(() => {
  const forGranted = new Map<number, RegExp>();
  const isTaken = (claim: string, path: string | undefined): boolean =>
    forGranted.get(Number(/\/program(\d+)\//.exec(path ?? '')?.[1]))?.test(claim) === true;
  return { forGranted, isTaken };
});

vi.mock('../src/evidence.ts', async (original) => {
  const real = await original<typeof import('../src/evidence.ts')>();
  const unless =
    (say: typeof real.fails): typeof real.fails =>
    (claim, site) =>
      (taken.isTaken(claim, site?.path) ? real.holds : say)(claim, site);
  return { ...real, fails: unless(real.fails), assumed: unless(real.assumed) };
});

vi.mock('../src/queries/sites.ts', async (original) => {
  const real = await original<typeof import('../src/queries/sites.ts')>();
  const querySites: typeof real.querySites = function* (file) {
    for (const site of real.querySites(file)) {
      const { limit } = site.query;
      const claim = `${limit ?? ''} of each turn, which one query for all turns cannot do`;
      const isForgotten = limit !== undefined && taken.isTaken(claim, file.path);
      yield isForgotten ? { ...site, query: { ...site.query, limit: undefined } } : site;
    }
  };
  return { ...real, querySites };
});

vi.mock('../src/queries/uses.ts', async (original) => {
  const real = await original<typeof import('../src/queries/uses.ts')>();
  const fateOf: typeof real.fateOf = (...asked) =>
    taken.isTaken(SEEN_ELSEWHERE, asked[0].path) ? { kind: 'read' } : real.fateOf(...asked);
  return { ...real, fateOf };
});

const found = await builtIn('query-in-loop-to-include');
if (found === undefined) throw new TypeError('There is no such transform.');
const transform = found;
const databases = createDatabases();
afterAll(() => databases.close());

const programsFrom = (seed: number): readonly QueryProgram[] => [
  ...LIBRARIES.flatMap((library, at) => somePrograms(PROGRAMS, seed + at, library)),
  ...somePrograms(RELATED, seed, prisma, 'relations'),
];
const programs = programsFrom(SEED);

let looked: Promise<readonly Inspected[]> | undefined;
/** All programs as the engine leaves them. */
const inspectedPrograms = (): Promise<readonly Inspected[]> => (looked ??= inspectAll(programs, transform));

const told = ({ difference, before, after, program }: Diverging): string =>
  [
    `${program.library.orm}: ${difference}`,
    ...[...before].flatMap(([path, text]) => (path === 'package.json' ? [] : [`--- ${path}`, text])),
    '--- main.ts after',
    after.get('main.ts'),
  ].join('\n');

/** How often each kind of rewrite is safe at least; with fewer of them the programs would prove nothing about it. */
const LEAST = [
  ['one query', 12],
  ['count', 8],
  ['eager loading', 2],
] as const;

describe('random programs that query in loops', () => {
  it('are the same for the same seed', () => {
    expect(programsFrom(SEED).map(textsOf)).toEqual(programs.map(textsOf));
  });

  it('do the same after all that is safe, in no more statements', { timeout: 180_000 }, async () => {
    const inspected = await inspectedPrograms();
    const rewrites = new Rewrites();
    for (const one of inspected) rewrites.add(one);
    console.log([...rewrites.levels.lines(), '', ...rewrites.kinds.lines()].join('\n'));
    expect(inspected.flatMap(({ failures }) => failures)).toEqual([]);
    expect((await divergingAmong(inspected, databases, 3)).map(told)).toEqual([]);
    expect(rewrites.changed).toBeGreaterThan(programs.length / 5);
    for (const { orm } of LIBRARIES) expect(rewrites.levels.of(`${orm} safe`), orm).toBeGreaterThan(1);
    for (const [kind, least] of LEAST) expect(rewrites.kinds.of(kind), kind).toBeGreaterThanOrEqual(least);
  });

  it(
    'come to an end of their own, and are rewritten into what runs where a person has to look',
    { timeout: 180_000 },
    async () => {
      const some = programs.filter((_, number) => number % 5 === 0);
      const reviewed = await inspectAll(some, transform, 'review');
      const outcomes = await runEach(reviewed);
      const broken = outcomes.filter(
        ({ was }) => typeof was === 'string' || MISTAKE.test(was.outcome[0] ?? ''),
      );
      expect(broken.map(({ was }) => was)).toEqual([]);
      expect(reviewed.flatMap(({ failures }) => failures)).toEqual([]);
      expect(reviewed.filter(({ isChanged }) => isChanged).length).toBeGreaterThan(some.length / 4);
      const mistaken = outcomes.filter(
        ({ is }) => typeof is === 'string' || MISTAKE.test(is.outcome[0] ?? ''),
      );
      expect(mistaken.map(({ one, is }) => [one.after.get('main.ts'), is])).toEqual([]);
    },
  );
});

/** What a program that is wrong throws; a row that is missing is no mistake. */
const MISTAKE = /^thrown: (?:ReferenceError|SyntaxError)|is not a function|is not iterable/;

async function runEach(inspected: readonly Inspected[]) {
  const outcomes = [];
  for (const one of inspected) {
    const was = await observed(one.before, databases);
    const is = one.isChanged ? await observed(one.after, databases) : was;
    outcomes.push({ one, was, is });
  }
  return outcomes;
}

/** A main file of Knex. */
const mainOf = (...lines: readonly string[]): string =>
  `import { knex } from './db';\nexport async function run() { ${lines.join(' ')} }\n`;

describe('the comparison of two programs', () => {
  const plain = somePrograms(1, SEED, knexLibrary)[0];
  const asked = "await knex('users').orderBy('id')";
  const before = mainOf(`return ${asked};`);

  it.each([
    ['nothing', before, undefined],
    ['a result', mainOf(`return (${asked}).slice(1);`), /^it gave it: Array/],
    ['an error', mainOf("throw new TypeError('no');"), /now thrown: TypeError: no$/],
    [
      'what is written',
      mainOf(
        `const rows = await ${asked.replace('await ', '')}; await knex('users').update({ rank: 9 }); return rows;`,
      ),
      /^it left/,
    ],
    ['statements', mainOf(`${asked};`, `return ${asked};`), /^it sent 1 statements, now 2$/],
    ['a text', `${before} }`, /^it does not run: main.ts is wrong/],
  ])('tells %s', async (_, after, expected) => {
    if (plain === undefined) throw new TypeError('There is no program.');
    const texts = (main: string): ReadonlyMap<string, string> =>
      new Map([...textsOf(plain), ['main.ts', main]]);
    const one: Inspected = {
      program: { ...plain, chunk: 0, questions: [asked.replace('await ', '')] },
      before: texts(before),
      after: texts(after),
      isChanged: true,
      level: 'safe',
      findings: [],
      failures: [],
    };
    const difference = await differenceOf(one, databases);
    if (expected === undefined) expect(difference).toBeUndefined();
    else expect(difference).toMatch(expected);
  });
});

/** What a saboteur's programs tell of it. */
interface Told {
  /** A program that does something else as the saboteur leaves it. */
  readonly caught: Diverging;
  /** What is different where the engine forgets nothing. */
  readonly otherwise: string | undefined;
}

describe('random programs tell an engine that forgets', { timeout: 240_000 }, () => {
  let known: Promise<ReadonlyMap<Saboteur, Told>> | undefined;
  const toldOf = async (saboteur: Saboteur): Promise<Told | undefined> =>
    (await (known ??= tellAll())).get(saboteur);

  it.each(SABOTEURS.map((one) => [one.forgets, one] as const))('%s', async (_, saboteur) => {
    const { caught, otherwise } = (await toldOf(saboteur)) ?? {};
    expect(caught).toBeDefined();
    expect(otherwise).toBeUndefined();
  });
});

/** Catches saboteurs, all in two runs of the engine: one in which each forgets in its own programs, and one in which none does. */
async function tellAll(): Promise<ReadonlyMap<Saboteur, Told>> {
  const caught: (readonly [Saboteur, Diverging])[] = [];
  for (const [saboteur, inspected] of await sabotagedPrograms()) {
    const [first] = await divergingAmong(inspected, databases, 1);
    if (first !== undefined) caught.push([saboteur, first]);
  }
  const honest = await inspectAll(
    caught.map(([, { program }]) => program),
    transform,
  );
  const all = new Map<Saboteur, Told>();
  for (const [number, [saboteur, one]] of caught.entries()) {
    const [otherwise] = await divergingAmong(honest.slice(number, number + 1), databases);
    all.set(saboteur, { caught: one, otherwise: otherwise?.difference });
  }
  return all;
}

/** The programs of each saboteur as it leaves them. */
async function sabotagedPrograms(): Promise<readonly (readonly [Saboteur, readonly Inspected[]])[]> {
  const programsOf = SABOTEURS.map(programsAbout);
  for (const [at, { claims }] of SABOTEURS.entries())
    for (let number = at * ABOUT; number < (at + 1) * ABOUT; number++) taken.forGranted.set(number, claims);
  try {
    const inspected = await inspectAll(programsOf.flat(), transform);
    return SABOTEURS.map((one, at) => [one, inspected.slice(at * ABOUT, (at + 1) * ABOUT)]);
  } finally {
    taken.forGranted.clear();
  }
}

/** All of them ask for two keys at once, so that one run of the engine is enough: how many fit a query is not what they are about. */
function programsAbout({ trap, library: name }: Saboteur): readonly QueryProgram[] {
  const library = LIBRARIES.find(({ orm }) => orm === name);
  if (library === undefined) throw new TypeError(`There are no programs of ${name}.`);
  return somePrograms(ABOUT, ABOUT_SEED, library, trap).map((program) => ({ ...program, chunk: 2 }));
}
