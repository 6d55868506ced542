import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allBuiltIn } from '../src/run/catalog.ts';
import { plan, type Plan } from '../src/run/plan.ts';
import { asPlanDocument, documentOf, planText } from '../src/run/plan-file/document.ts';
import { openPlan } from '../src/run/plan-file/open.ts';
import { subsetOf } from '../src/run/subset.ts';
import { idsOf } from '../src/run/composition.ts';
import { parseFile } from '../src/syntax/file.ts';
import type { Transform } from '../src/transform.ts';
import { randomFrom } from './killed-runs/project.ts';
import { Project, renaming } from './plans/project.ts';

const here = resolve(import.meta.dirname, '..');

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-subset-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const planIn = async (transforms: readonly Transform[], verifyTypes = false): Promise<Plan> =>
  plan({
    cwd: folder,
    paths: ['.'],
    level: 'review',
    transforms: transforms.map((transform) => ({ transform, options: transform.defaults ?? {} })),
    verifyTypes,
  });

/** The plan as another process has it: written down and read again. */
function reread(made: Plan) {
  const asked = { paths: ['.'], level: 'review' } as const;
  const document = documentOf(made, { hasten: '0.0.0', root: folder, asked, summaries: new Map() });
  return openPlan(asPlanDocument(JSON.parse(planText(document, folder)), folder));
}

const textsOf = (changes: Iterable<{ path: string; after: string }>): Record<string, string> =>
  Object.fromEntries([...changes].map(({ path, after }) => [path, after]));

/** All together give the run's texts; each alone, and some at random, give texts that parse and only what was accepted. */
async function checkSubsets(made: Plan, samples: number): Promise<void> {
  const opened = await reread(made);
  const ids = idsOf(made);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of [made, opened]) {
    const all = await subsetOf(one, new Set(ids));
    expect(all.leftOut).toEqual([]);
    expect(textsOf(all.texts.values())).toEqual(textsOf(made.changes));
  }
  const later = new Set(idsOf({ steps: made.steps.slice(1) }));
  const random = randomFrom(ids.length);
  const sets = ids.map((id) => new Set([id]));
  for (let count = 0; count < samples; count++)
    sets.push(new Set(ids.filter(() => random() < 0.2 + (0.7 * count) / samples)));
  for (const accepted of sets) {
    const { applied, leftOut, texts } = await subsetOf(opened, accepted);
    expect(new Set([...applied, ...leftOut].map(({ id }) => id))).toEqual(accepted);
    // What the first pass found needs nothing else.
    expect(leftOut.filter(({ id }) => !later.has(id))).toEqual([]);
    for (const { path, after } of texts.values()) parseFile(path, after.replace(/^\uFEFF/, ''));
  }
}

describe('a subset of a plan', () => {
  it('of the example is its part of the run', async () => {
    cpSync(join(here, 'examples', 'shop', 'src'), join(folder, 'src'), { recursive: true });
    const made = await planIn(await allBuiltIn());
    expect(made.steps.length).toBeGreaterThan(1);
    await checkSubsets(made, 8);
  }, 120_000);

  const CASES = ['sync-to-async', 'console-to-logger', 'await-in-loop', 'sequential-awaits'].flatMap((id) =>
    readdirSync(join(here, '__testfixtures__', id))
      .filter((name) => !name.endsWith('.output.ts'))
      .filter((_, index) => index % 10 === 0)
      .map((name) => join(id, name)),
  );

  it.each(CASES)(
    'of the fixture %s is its part of the run',
    async (fixture) => {
      const path = join(here, '__testfixtures__', fixture);
      if (/\.input\.\w+$/.test(path)) cpSync(path, join(folder, 'file.ts'));
      else cpSync(join(path, 'input'), folder, { recursive: true });
      await checkSubsets(await planIn(await allBuiltIn()), 3);
    },
    60_000,
  );

  it('keeps byte order marks and line endings', async () => {
    writeFileSync(join(folder, 'a.ts'), '\uFEFFa();\r\nx();\r\n');
    const made = await planIn([renaming('letters', { a: 'b', b: 'c' }), renaming('marks', { x: 'y' })]);
    expect(made.steps.map(({ proposals }) => proposals.map(({ title }) => title))).toEqual([
      ['a → b', 'x → y'],
      ['b → c'],
    ]);
    await checkSubsets(made, 4);
    const [first = ''] = idsOf(made);
    const { texts } = await subsetOf(await reread(made), new Set([first]));
    expect([...texts.values()][0]?.after).toBe('\uFEFFb();\r\nx();\r\n');
  });

  it('leaves out what was made for the work of another proposal, and says so', async () => {
    writeFileSync(join(folder, 'a.ts'), 'a();\n');
    const made = await planIn([renaming('letters', { a: 'b', b: 'c' })]);
    const [first = '', second = ''] = idsOf(made);
    const { texts, leftOut, applied } = await subsetOf(made, new Set([second]));
    expect([texts.size, applied]).toEqual([0, []]);
    expect(leftOut).toEqual([{ id: second, reason: `it was made for what ${first} would leave of a.ts` }]);
  });

  it('takes what waited for another one as it was found at first, where that one is not accepted', async () => {
    writeFileSync(join(folder, 'a.ts'), 'f(g(1));\n');
    const whole: Transform = {
      ...renaming('whole', {}),
      *inspect({ find, replace }) {
        for (const { node } of find('CallExpression', { callee: { name: 'f' } }))
          yield {
            at: node,
            title: 'f → h',
            evidence: [{ verdict: 'holds', claim: 'so' }],
            edits: [replace(node, 'h(g(1))')],
          };
      },
    };
    const made = await planIn([renaming('inner', { g: 'k' }), whole]);
    const [first = '', second = ''] = idsOf(made);
    expect(made.steps).toHaveLength(2);
    expect(made.changes[0]?.after).toBe('h(k(1));\n');
    const textFor = async (...accepted: string[]) =>
      [...(await subsetOf(await reread(made), new Set(accepted))).texts.values()][0]?.after;
    expect(await textFor(first)).toBe('h(g(1));\n');
    expect(await textFor(second)).toBe('f(k(1));\n');
    expect(await textFor(first, second)).toBe('h(k(1));\n');
  });

  it('gives alike texts of two passes ids of their own', async () => {
    writeFileSync(join(folder, 'a.ts'), 'a(a(a(1)));\n');
    const inner: Transform = {
      ...renaming('inner', {}),
      *inspect({ find, replace, textOf }) {
        for (const { node } of find('CallExpression', { callee: { name: 'a' } }))
          yield {
            at: node,
            title: 'a → b',
            evidence: [{ verdict: 'holds', claim: 'so' }],
            edits: [replace(node, textOf(node).replace('a', 'b'))],
          };
      },
    };
    const made = await planIn([inner]);
    expect(made.steps.length).toBeGreaterThan(1);
    await checkSubsets(made, 4);
  });

  it('says which ids are none of the plan', async () => {
    writeFileSync(join(folder, 'a.ts'), 'a();\n');
    const made = await planIn([renaming('letters', { a: 'b' })]);
    expect((await subsetOf(made, new Set(['nobody']))).leftOut).toEqual([
      { id: 'nobody', reason: 'the plan has no proposal of this id' },
    ]);
  });
});

describe('hasten apply', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.lay('src/one.ts', 'a(1);\nother();\n');
    project.lay('src/two.ts', '\uFEFFx(a(2));\r\n');
    project.lay('lib/three.ts', 'a(3);\n');
  });
  afterEach(() => project.remove());

  const NAMES = ['src/one.ts', 'src/two.ts', 'lib/three.ts'];
  const DONE = ['c(1);\nother();\n', "\uFEFFimport { y } from './y.js';\r\n\r\ny(c(2));\r\n", 'c(3);\n'];
  const texts = (): string[] => NAMES.map((name) => project.read(name));
  const keepPlan = async (...words: string[]) => {
    const kept = await project.hasten('run', '--dry-run', '--plan', 'plan.json', ...words);
    expect([kept.code, kept.stderr]).toEqual([
      0,
      expect.stringContaining('Wrote the plan: hasten apply plan.json\n'),
    ]);
  };
  interface Shown {
    steps: {
      proposals: { id: string; title: string; path: string; edits: { path: string; code: unknown[] }[] }[];
    }[];
    files: { path: string }[];
    root: string;
  }
  const shown = (): Shown => JSON.parse(project.read('plan.json')) as Shown;
  const edit = (change: (document: Shown) => void): void => {
    const document = shown();
    change(document);
    project.lay('plan.json', JSON.stringify(document));
  };
  const idOf = (path: string, title: string): string =>
    shown()
      .steps.flatMap(({ proposals }) => proposals)
      .find((one) => one.path === path && one.title === title)?.id ?? '';

  it('does exactly what the dry run showed, from any folder, and is undone', async () => {
    const before = texts();
    await keepPlan();
    expect(texts()).toEqual(before);
    const dry = await project.hasten('run', '--dry-run', '--format', 'patch');
    expect(
      (await project.hastenIn('src', 'apply', '../plan.json', '--dry-run', '--format', 'patch')).stdout,
    ).toBe(dry.stdout.replaceAll(/ ([ab])\/src\//g, ' $1/src/'));
    const { code, stderr } = await project.hastenIn('lib', 'apply', '../plan.json');
    expect([code, stderr]).toEqual([0, expect.stringContaining('7 of 7 proposals applied.\n')]);
    expect(texts()).toEqual(DONE);
    expect(project.read('src/y.ts')).toBe('export const y = (one) => one;\n');
    expect((await project.hasten('log')).stdout).toContain('4 files');
    expect((await project.hasten('undo')).code).toBe(0);
    expect([texts(), project.has('src/y.ts')]).toEqual([before, false]);
  });

  it('writes what a run at once writes', async () => {
    await keepPlan();
    expect((await project.hasten('run')).code).toBe(0);
    expect(texts()).toEqual(DONE);
  });

  it('leaves out what is stale, over files too, and does the rest', async () => {
    await keepPlan();
    project.lay('src/one.ts', 'a(1);\nedited();\n');
    project.lay('src/y.ts', 'mine\n');
    const { code, stderr } = await project.hasten('apply', 'plan.json');
    expect(code).toBe(2);
    expect(texts()).toEqual(['a(1);\nedited();\n', '\uFEFFx(b(2));\r\n', 'c(3);\n']);
    expect(project.read('src/y.ts')).toBe('mine\n');
    expect(stderr).toContain(
      `left out src/one.ts: safe: a → b [letters] ${idOf('src/one.ts', 'a → b')}: one.ts was changed since the plan was made\n`,
    );
    expect(stderr).toContain(`: y.ts was created since the plan was made\n`);
    const again = await project.hasten('apply', 'plan.json', '--format', 'json');
    expect(again.code).toBe(2);
    expect(
      new Set(
        (JSON.parse(again.stdout) as { proposals: { state: string }[] }).proposals.map(({ state }) => state),
      ),
    ).toEqual(new Set(['left-out']));
  });

  it('refuses a dirty tree, unless told otherwise', async () => {
    project.commitAll();
    await keepPlan();
    project.lay('mods/letters.ts', '// edited\n');
    const refused = await project.hasten('apply', 'plan.json');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--allow-dirty')]);
    expect((await project.hasten('apply', 'plan.json', '--allow-dirty')).code).toBe(0);
    expect(texts()).toEqual(DONE);
  });

  it('applies what is accepted where anything is decided, and says what is not known', async () => {
    await keepPlan();
    const accepted = idOf('lib/three.ts', 'a → b');
    const decisions = {
      [accepted]: { verdict: 'accepted', note: 'looks right' },
      [idOf('src/one.ts', 'a → b')]: { verdict: 'rejected', note: 'too early' },
      nobody: { verdict: 'rejected' },
    };
    project.lay('decisions.json', JSON.stringify({ format: 1, decisions }));
    const { code, stderr } = await project.hasten('apply', 'plan.json', '--decisions', 'decisions.json');
    expect(code).toBe(2);
    expect(texts()).toEqual(['a(1);\nother();\n', '\uFEFFx(a(2));\r\n', 'b(3);\n']);
    expect(stderr).toContain('left out nobody: the plan has no proposal of this id\n');
    expect(stderr).toContain('1 of 7 proposals applied, 1 left out, 1 rejected, 5 undecided.\n');
  });

  it('takes decisions out of the plan itself', async () => {
    await keepPlan();
    const id = idOf('lib/three.ts', 'a → b');
    edit((document) => Object.assign(document, { decisions: { [id]: { verdict: 'accepted' } } }));
    const { code, stdout } = await project.hasten('apply', 'plan.json', '--format', 'json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { proposals: object[] }).proposals).toContainEqual(
      expect.objectContaining({ id, state: 'applied' }),
    );
    expect(texts()[2]).toBe('b(3);\n');
  });

  it('does what a plan says that was edited by hand, as long as every check holds', async () => {
    await keepPlan();
    const first = idOf('lib/three.ts', 'a → b');
    edit(({ steps }) => {
      const own = (id: string, title: string) =>
        steps.flatMap(({ proposals }) => proposals).find((one) => one.path === id && one.title === title);
      for (const one of own('lib/three.ts', 'a → b')?.edits ?? []) one.code = ['broken'];
      for (const one of own('src/one.ts', 'a → b')?.edits ?? []) one.code = ['b(('];
    });
    const { code, stderr } = await project.hasten('apply', 'plan.json');
    expect(code).toBe(2);
    expect(texts()).toEqual(['a(1);\nother();\n', DONE[1], 'broken(3);\n']);
    expect(stderr).toContain('the result does not parse');
    expect(stderr).toContain('it was made for another text of three.ts than the proposals before it leave');
    expect(first).not.toBe('');
  });

  it.each<[string, (document: Shown) => void, string]>([
    [
      'a path upwards',
      ({ files }) => Object.assign(files[0] ?? {}, { path: '../a.ts' }),
      'it.files[0].path is not a path inside of the root',
    ],
    [
      'an absolute path',
      ({ files }) => Object.assign(files[0] ?? {}, { path: '/a.ts' }),
      'it.files[0].path is not a path inside of the root',
    ],
    [
      'a hook',
      ({ files }) => Object.assign(files[0] ?? {}, { path: '.git/hooks/pre-commit' }),
      'it.files[0].path is not a path of the project',
    ],
    [
      'a file that is not listed',
      ({ steps }) => Object.assign(steps[0]?.proposals[0]?.edits[0] ?? {}, { path: 'mods/a.ts' }),
      'it.steps[0].proposals[0].edits[0].path is not among it.files',
    ],
    [
      'a proposal twice',
      ({ steps }) => steps[0]?.proposals.push(...steps[0].proposals.slice(0, 1)),
      'as that of another proposal',
    ],
    [
      'a span backwards',
      ({ steps }) => Object.assign(steps[0]?.proposals[0]?.edits[0] ?? {}, { span: [3, 2] }),
      'it.steps[0].proposals[0].edits[0].span is not a start and an end behind it',
    ],
    ['no steps', (document) => Object.assign(document, { steps: undefined }), 'it.steps is not a list'],
    [
      'a newer format',
      (document) => Object.assign(document, { format: 2 }),
      'it has format 2, and this hasten reads format 1',
    ],
    ['a root that is gone', (document) => Object.assign(document, { root: 'gone' }), 'is no folder'],
  ])('refuses a plan with %s', async (_, change, said) => {
    await keepPlan();
    edit(change);
    const before = texts();
    const { code, stderr } = await project.hasten('apply', 'plan.json');
    expect([code, stderr]).toEqual([3, expect.stringContaining(said)]);
    expect(texts()).toEqual(before);
  });

  it('says at which line a plan stops being JSON, cut off anywhere', async () => {
    await keepPlan();
    const text = project.read('plan.json');
    for (const part of [0.1, 0.5, 0.99]) {
      project.lay('cut.json', text.slice(0, text.length * part));
      const { code, stderr } = await project.hasten('apply', 'cut.json');
      expect([code, stderr]).toEqual([3, expect.stringMatching(/cut\.json:\d+: this is no plan: /)]);
    }
  });

  it('leaves out edits beyond the end of a file, and files that a link leads out to', async () => {
    await keepPlan();
    edit(({ steps }) =>
      Object.assign(steps[0]?.proposals.find(({ path }) => path === 'src/one.ts')?.edits[0] ?? {}, {
        span: [900, 901],
      }),
    );
    const elsewhere = join(folder, 'three.ts');
    writeFileSync(elsewhere, project.read('lib/three.ts'));
    rmSync(project.at('lib/three.ts'));
    symlinkSync(elsewhere, project.at('lib/three.ts'));
    const { code, stderr } = await project.hasten('apply', 'plan.json');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('three.ts leads out of the root of the plan, through a link'),
    ]);
    expect(texts()).toEqual(['a(1);\nother();\n', DONE[1], 'a(3);\n']);
  });

  it('finds the project where both were moved to, or where --root says', async () => {
    await keepPlan();
    cpSync(project.root, join(folder, 'moved'), { recursive: true });
    const moved = await project.hasten('apply', join(folder, 'moved', 'plan.json'));
    expect([moved.code, moved.stderr]).toEqual([
      0,
      expect.stringContaining(`; hasten undo, in ${join(folder, 'moved')}, takes the changes back.\n`),
    ]);
    expect(texts()[2]).toBe('a(3);\n');
    cpSync(project.at('plan.json'), join(folder, 'plan.json'));
    expect((await project.hasten('apply', join(folder, 'plan.json'), '--root', '.')).code).toBe(0);
    expect(texts()).toEqual(DONE);
  });

  it('writes no plan over another file, nor without a dry run', async () => {
    for (const [words, said] of [
      [['--dry-run', '--plan', 'hasten.config.json'], 'there is a file of that name, and it is no plan'],
      [['--dry-run', '--plan', 'src/one.ts'], 'a plan is a .json file'],
      [['--plan', 'plan.json'], '--plan goes with --dry-run'],
      [['--dry-run', '--plan', 'none/plan.json'], 'does not exist'],
    ] as const)
      expect(await project.hasten('run', ...words)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(said) as unknown,
      });
    await keepPlan();
    await keepPlan();
    expect(dirname(project.at('plan.json'))).toBe(project.root);
  });
});
