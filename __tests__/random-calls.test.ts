/**
 * What `sync-to-async` calls safe, proved on random programs: each runs before and after on real files, alone and two at once, and must
 * do the same. `random-calls/long.ts` does it for as many as wanted.
 */
import { describe, expect, it, vi } from 'vitest';
import { builtIn } from '../src/run/catalog.ts';
import { divergingAmong, inspectAll, type Diverging, type Inspected } from './random-calls/batch.ts';
import { FEATURES, somePrograms } from './random-calls/generator.ts';
import { differenceOf } from './random-calls/oracle.ts';
import { withoutSeenAlone } from './random-calls/review.ts';
import { SABOTEURS, sabotaged, type Part, type Saboteur } from './random-calls/saboteurs.ts';
import { compileProgram } from './random-calls/sandbox.ts';
import { Rewrites } from './random-calls/tally.ts';
import { typesOf } from './random-calls/types.ts';
import { textsOf } from './random-programs/program.ts';

const SEED = 21;
const PROGRAMS = 60;
/** Programs that are rewritten as far as somebody allows who wants a run to do the same when it is alone. */
const REVIEWED = 20;
/** The seed of the programs in which each saboteur is looked for. */
const ABOUT_SEED = 2;
/** Programs in which each saboteur is looked for, all of them about what it forgets. */
const ABOUT = 8;

/** What spoils the engine where it looks at a file of a path. */
const spoiling = vi.hoisted(() => ({
  at: (_path: string): { readonly part?: string; readonly granted?: RegExp } | undefined => undefined,
}));
const isLeft = (part: Part, path: string): boolean => spoiling.at(path)?.part === part;

// What is granted later would leave a cone that has not been followed to its end.
vi.mock('../src/evidence.ts', async (original) => {
  const real = await original<typeof import('../src/evidence.ts')>();
  const unless =
    (say: typeof real.fails): typeof real.fails =>
    (claim, site) =>
      (spoiling.at(site?.path ?? '')?.granted?.test(claim) === true ? real.holds : say)(claim, site);
  return { ...real, fails: unless(real.fails), assumed: unless(real.assumed) };
});

vi.mock('../src/facts/cones/families.ts', async (original) => {
  const real = await original<typeof import('../src/facts/cones/families.ts')>();
  const familyOf: typeof real.familyOf = (...asked) =>
    isLeft('overrides', asked[0].getSourceFile().fileName)
      ? { functions: [asked[0]], signatures: [], foreignBase: undefined, fixed: undefined }
      : real.familyOf(...asked);
  return { ...real, familyOf };
});

vi.mock('../src/facts/cones/uses.ts', async (original) => {
  const real = await original<typeof import('../src/facts/cones/uses.ts')>();
  class ForgetfulUses extends real.Uses {
    override of(...asked: Parameters<InstanceType<typeof real.Uses>['of']>) {
      const uses = super.of(...asked);
      return isLeft('renamed imports', asked[0].getSourceFile().fileName)
        ? uses.filter((use) => use.kind !== 'call' || !/^my[A-Z]\w*\W/.test(use.node.getText()))
        : uses;
    }
  }
  return { ...real, Uses: ForgetfulUses };
});

const found = await builtIn('sync-to-async');
if (found === undefined) throw new TypeError('There is no such transform.');
const transform = found;
const programs = somePrograms(PROGRAMS, SEED);

let looked: Promise<readonly Inspected[]> | undefined;
/** All programs as the engine leaves them. */
const inspectedPrograms = (): Promise<readonly Inspected[]> => (looked ??= inspectAll(programs, transform));

const told = ({ difference, before, after }: Diverging): string =>
  [
    `${difference.about} differs for ${difference.input}`,
    `before: ${difference.before}`,
    `after:  ${difference.after}`,
    ...[...before].flatMap(([path, text]) =>
      after.get(path) === text ? [`--- ${path}`, text] : [`--- ${path}`, text, '--- after', after.get(path)],
    ),
  ].join('\n');

/** How often each kind of function becomes asynchronous at least; with fewer of them the programs would prove nothing about it. */
const LEAST_KINDS = [
  ['function', 35],
  ['method', 4],
  ['static method', 2],
  ['overridden method', 2],
  ['overloaded function', 3],
  ['recursive function', 1],
  ['validator', 2],
  ['function with a descriptor', 1],
] as const;

/** How often what a call gives is used in each way at least. */
const LEAST_USES = [
  ['member', 60],
  ['argument', 55],
  ['assignment', 35],
  ['return', 15],
  ['condition', 12],
  ['destructuring', 5],
  ['bound call', 4],
  ['template', 3],
  ['arithmetic', 2],
  ['negation', 2],
  ['spread', 3],
  ['list', 2],
  ['logical operator', 1],
  ['loop for `forEach`', 1],
  ['optional call', 2],
  ['choice', 1],
  ['declared promise', 40],
  ['promisified', 8],
] as const;

/** How often a call is left alone for such a reason at least. */
const LEAST_REASONS = [
  ['While it waits other turns run: …', 15],
  ['A generator gives its values at once: …', 10],
  ['`…` is handed on as a value, and who calls it is not seen: …', 5],
  ['`…` may be `…`: …', 5],
  ['the callback of `…` cannot give a promise: …', 5],
  ['The initialiser of a field cannot wait: …', 2],
  ['A constructor cannot wait: …', 2],
  ['`…` is called by the language, which uses what it returns at once', 2],
] as const;

describe('random programs whose calls block', () => {
  it('are programs, the same for the same seed', async () => {
    expect(somePrograms(PROGRAMS, SEED).map(textsOf)).toEqual(programs.map(textsOf));
    const some = programs.slice(0, 24).map(textsOf);
    const types = typesOf(some);
    expect(types.flatMap(({ errors }) => errors)).toEqual([]);
    expect(types.flatMap(({ hits }) => hits)).toEqual([]);
    for (const texts of some) {
      const { outcomes } = await compileProgram(texts).run({ inputs: ['a.txt'], seed: SEED });
      expect(outcomes.map(({ ended, log }) => [ended, ...log].join('\n')).join('\n')).not.toMatch(
        /A PROMISE|ReferenceError|SyntaxError|is not a function/,
      );
    }
  });

  it('do the same after all that is safe, and wait for all of it', { timeout: 180_000 }, async () => {
    const inspected = await inspectedPrograms();
    const rewrites = new Rewrites();
    for (const one of inspected) rewrites.add(one);
    const { levels, kinds, uses, widths, reasons } = rewrites;
    console.log([levels, kinds, uses, widths, reasons].map((one) => one.lines().join('\n')).join('\n\n'));
    expect(inspected.flatMap(({ failures }) => failures)).toEqual([]);
    expect((await divergingAmong(inspected, SEED, 3)).map(told)).toEqual([]);
    expect(rewrites.changed).toBeGreaterThan(PROGRAMS / 2);
    expect(rewrites.functions).toBeGreaterThan(PROGRAMS);
    expect(rewrites.wide).toBeGreaterThan(PROGRAMS);
    for (const [kind, least] of LEAST_KINDS) expect(kinds.of(kind), kind).toBeGreaterThanOrEqual(least);
    for (const [use, least] of LEAST_USES) expect(uses.of(use), use).toBeGreaterThanOrEqual(least);
    for (const [reason, least] of LEAST_REASONS)
      expect(reasons.of(`fails: ${reason}`), reason).toBeGreaterThanOrEqual(least);
    for (const level of ['safe', 'review', 'report']) expect(levels.of(level), level).toBeGreaterThan(30);
  });

  it('do the same alone where a person has to look', { timeout: 180_000 }, async () => {
    const inspected = await inspectAll(programs.slice(0, REVIEWED), withoutSeenAlone(transform), 'review');
    expect(inspected.flatMap(({ failures }) => failures)).toEqual([]);
    expect((await divergingAmong(inspected, SEED, 3)).map(told)).toEqual([]);
    expect(inspected.filter(({ isChanged }) => isChanged).length).toBeGreaterThan(REVIEWED / 3);
  });

  it.each(SABOTEURS.map((one, at) => [one.forgets, at] as const))(
    'tell an engine that forgets %s',
    { timeout: 180_000 },
    async (_, at) => {
      const inspected = (await sabotagedPrograms()).slice(at * ABOUT, (at + 1) * ABOUT);
      expect(await divergingAmong(inspected, SEED, 1)).toHaveLength(1);
    },
  );
});

/** The programs that saboteurs are looked for in, as an engine leaves them that forgets in each of them what it is about. */
const sabotagedPrograms = (): Promise<readonly Inspected[]> => (spoilt ??= spoil());
let spoilt: Promise<readonly Inspected[]> | undefined;

/** The saboteur that spoils what is done to a file. */
const saboteurOf = (path: string): Saboteur | undefined => {
  const number = /\/program(\d+)\//.exec(path)?.[1];
  return number === undefined ? undefined : SABOTEURS[Math.floor(Number(number) / ABOUT)];
};

async function spoil(): Promise<readonly Inspected[]> {
  const all = SABOTEURS.flatMap(({ about }, at) =>
    somePrograms(ABOUT, ABOUT_SEED, { about, first: at * ABOUT }),
  );
  spoiling.at = saboteurOf;
  try {
    return await inspectAll(all, sabotaged(transform, saboteurOf));
  } finally {
    spoiling.at = () => undefined;
  }
}

const MANIFEST = '{"name":"random-calls","private":true,"type":"module","dependencies":{}}';
const filesOf = (...lines: readonly string[]): ReadonlyMap<string, string> =>
  new Map([
    ['package.json', MANIFEST],
    [
      'main.ts',
      `import * as fs from 'node:fs';\nconst promises = fs.promises;\nlet kept = '';\n${lines.join('\n')}\n`,
    ],
  ]);
const run = (...lines: readonly string[]): ReadonlyMap<string, string> =>
  filesOf('export async function run(name: string): Promise<unknown> {', ...lines, '}');

describe('the comparison of two programs', () => {
  it('finds a program that waits the same', async () => {
    const before = run("console.log('begin');", "return fs.readFileSync(name, 'utf8');");
    const after = run("console.log('begin');", "return await promises.readFile(name, 'utf8');");
    expect(await differenceOf(before, after, 'safe')).toBeUndefined();
  });

  it.each([
    ['result', ["return fs.readFileSync(name, 'utf8');"], ['return (await promises.readFile(name)).length;']],
    [
      'result',
      ["try { return fs.readFileSync(name, 'utf8'); } catch { return 'none'; }"],
      ["try { return promises.readFile(name, 'utf8'); } catch { return 'none'; }"],
    ],
    ['promise', ['return [fs.statSync("a.txt").size];'], ['return [promises.stat("a.txt")];']],
    ['promise', ['console.log(fs.statSync("a.txt").size);'], ['console.log(promises.stat("a.txt"));']],
    [
      'log',
      ['if (fs.existsSync(name)) console.log(1);'],
      [
        'const isThere = promises.access(name).then(() => true, () => false);',
        'if (isThere) console.log(1);',
        'await isThere;',
      ],
    ],
    [
      'unhandled rejection',
      ['try { fs.accessSync("none.txt"); } catch { /* nothing */ }'],
      ['try { promises.access("none.txt"); } catch { /* nothing */ }'],
    ],
    [
      'calls under way at the end',
      ["fs.writeFileSync('out.txt', name);"],
      ["void promises.writeFile('out.txt', name);"],
    ],
    [
      'what is seen after the end',
      ["fs.statSync('a.txt');"],
      ["await promises.stat('a.txt');", "setTimeout(() => console.log('done'), 1);"],
    ],
    ['files', ["fs.writeFileSync('out.txt', name);"], ["await promises.writeFile('out.txt', name + 1);"]],
    [
      'two runs at once',
      ['kept = name;', 'const size = fs.statSync("a.txt").size;', 'return kept + size;'],
      ['kept = name;', 'const { size } = await promises.stat("a.txt");', 'return kept + size;'],
    ],
  ])('tells a difference in %s', async (about, before, after) => {
    expect(await differenceOf(run(...before), run(...before), 'safe')).toBeUndefined();
    expect((await differenceOf(run(...before), run(...after), 'safe'))?.about).toBe(about);
  });

  it('tells promises that nobody waits for, and types that are wrong', () => {
    const hitsOf = (...lines: readonly string[]): readonly string[] =>
      typesOf([run(...lines)]).flatMap(({ hits }) => hits);
    expect(hitsOf('await promises.stat(name);', 'void promises.stat(name);')).toEqual([]);
    expect(hitsOf('promises.stat(name);')).toHaveLength(1);
    expect(hitsOf('if (promises.stat(name)) return 1;')).toHaveLength(1);
    expect(hitsOf('return { ...promises.stat(name) };')).toHaveLength(1);
    expect(hitsOf('return `${promises.stat(name)}`;')).toHaveLength(1);
    expect(hitsOf("['a'].forEach(async () => { await promises.stat(name); });")).toHaveLength(1);
    expect(hitsOf("return ['a'].filter(async (one) => (await promises.stat(one)).isFile());")).toHaveLength(
      1,
    );
    const wrong = run('const size: number = promises.stat(name);', 'return size;');
    expect(typesOf([wrong]).flatMap(({ errors }) => errors)).toHaveLength(1);
  });
});

it('has programs about everything that it names', () => {
  const met = new Set(somePrograms(300, SEED).flatMap(({ features }) => [...features]));
  expect(FEATURES.filter((one) => !met.has(one))).toEqual([]);
});
