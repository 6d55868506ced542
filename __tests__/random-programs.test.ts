/**
 * What the transforms for awaits call safe, proved on random programs: each is run before and after on the same world, under
 * several schedules and with each call failing. `random-programs/long.ts` does the same for as many as wanted.
 */
import { describe, expect, it } from 'vitest';
import { divergingAmong, inspectAll, type Diverging } from './random-programs/batch.ts';
import { compileProgram } from './random-programs/execution.ts';
import { somePrograms } from './random-programs/generator.ts';
import { divergenceOf } from './random-programs/oracle.ts';
import { textsOf } from './random-programs/program.ts';
import { EQUAL } from './random-programs/scheduler.ts';
import { subjects } from './random-programs/subjects.ts';
import { Counts } from './random-programs/tally.ts';

/** How many are inspected, so that each level is among the findings often enough. */
const PROGRAMS = 250;
/** Those that are also run, which takes longest. */
const RUN = 120;
const SEED = 20;
const transforms = await subjects();
const programs = somePrograms(PROGRAMS, SEED);

const told = ({ divergence, before, after }: Diverging): string =>
  [
    `${divergence.about} differs; schedule: ${divergence.schedule}; failing: ${divergence.failing ?? 'none'}`,
    `before: ${divergence.before}`,
    `after:  ${divergence.after}`,
    ...[...before].flatMap(([path, text]) =>
      after.get(path) === text ? [] : [`--- ${path}`, text, '--- after', after.get(path)],
    ),
  ].join('\n');

describe('random programs', () => {
  it('are programs, the same for the same seed', async () => {
    const some = programs.slice(0, 100);
    expect(somePrograms(100, SEED).map(textsOf)).toEqual(some.map(textsOf));
    for (const program of some) {
      const { error } = await compileProgram(textsOf(program), 'main.ts').run(EQUAL);
      expect(error ?? '').not.toMatch(
        /ReferenceError|SyntaxError|is not a function|never comes|does not end/,
      );
    }
  });

  it('do the same after all that is safe', { timeout: 180_000 }, async () => {
    const counts = new Counts();
    const inspected = await inspectAll(programs, transforms);
    for (const { findings } of inspected) for (const one of findings) counts.add(one);
    console.log([...counts.levels.lines(), '', ...counts.obligations.lines()].join('\n'));
    expect(inspected.flatMap(({ failures }) => failures)).toEqual([]);
    expect((await divergingAmong(inspected.slice(0, RUN), SEED, { most: 3 })).map(told)).toEqual([]);
    for (const { id } of transforms) {
      for (const level of ['safe', 'review', 'report'])
        expect(counts.levels.of(`${id} ${level}`), `${id} ${level}`).toBeGreaterThan(10);
    }
  });
});

const IMPORTS = `
  import { readFile, writeFile } from 'node:fs/promises';
  import axios from 'axios';
  import { touch } from 'mystery';
  import { prisma } from './clients';
`;
const CLIENTS = "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n";
const filesOf = (body: string) =>
  new Map([
    ['main.ts', IMPORTS + body],
    ['clients.ts', CLIENTS],
  ]);
const compared = (before: string, after: string) => divergenceOf(filesOf(before), filesOf(after), 'main.ts');
const main = (...lines: readonly string[]): string => `export async function main() { ${lines.join('\n')} }`;

describe('the comparison of two programs', () => {
  it('finds reads that overlap the same', async () => {
    const before = main(
      "const a = await readFile('a.txt');",
      'const n = await prisma.user.count();',
      'return [a, n];',
    );
    const after = main(
      "const [a, n] = await Promise.all([readFile('a.txt'), prisma.user.count()]);",
      'return [a, n];',
    );
    expect(await compared(before, after)).toBeUndefined();
  });

  it('finds a loop whose turns run at once the same', async () => {
    const before = main(
      'const found: any[] = [];',
      'for (const id of [1, 2, 3]) { const one = await prisma.user.findUnique({ where: { id } }); found.push(one); }',
      'return found;',
    );
    const after = main(
      'return await Promise.all([1, 2, 3].map(async (id) => await prisma.user.findUnique({ where: { id } })));',
    );
    expect(await compared(before, after)).toBeUndefined();
  });

  it.each([
    [
      'result',
      main(
        'const found: any[] = [];',
        'for (const id of [1, 2, 3]) { const one = await prisma.user.findUnique({ where: { id } }); found.push(one); }',
        'return found;',
      ),
      main(
        'const found: any[] = [];',
        'await Promise.all([1, 2, 3].map(async (id) => { found.push(await prisma.user.findUnique({ where: { id } })); }));',
        'return found;',
      ),
    ],
    [
      'writes',
      main('for (const id of [1, 2]) { await prisma.audit.create({ data: { id } }); if (id === 1) break; }'),
      main('await Promise.all([1, 2].map((id) => prisma.audit.create({ data: { id } })));'),
    ],
    [
      'writes',
      main("await writeFile('a.txt', 'x');", 'await prisma.audit.create({ data: {} });'),
      main("await Promise.all([writeFile('a.txt', 'x'), prisma.audit.create({ data: {} })]);"),
    ],
    [
      'result',
      main("await writeFile('a.txt', 'x');", "return await readFile('a.txt');"),
      main("return (await Promise.all([writeFile('a.txt', 'x'), readFile('a.txt')]))[1];"),
    ],
    [
      'result',
      main('return [await touch(1), await touch(2)];'),
      main('return await Promise.all([touch(1), touch(2)]);'),
    ],
    [
      'error',
      main(
        "if ((await readFile('a.txt')) !== '') throw new Error('refused: no');",
        'await prisma.user.count();',
      ),
      main(
        "const check = async () => { if ((await readFile('a.txt')) !== '') throw new Error('refused: no'); };",
        'await Promise.all([check(), prisma.user.count()]);',
      ),
    ],
    [
      'unhandled rejection',
      main("const a = await readFile('a.txt');", 'const n = await prisma.user.count();', 'return [a, n];'),
      main("const a = readFile('a.txt');", 'const n = prisma.user.count();', 'return [await a, await n];'),
    ],
    [
      'unhandled rejection',
      main("await readFile('a.txt');", 'const none: any = null;', 'await axios.get(none.url);'),
      main('const none: any = null;', "await Promise.all([readFile('a.txt'), axios.get(none.url)]);"),
    ],
    [
      'time',
      main("await Promise.all([readFile('a.txt'), prisma.user.count()]);"),
      main("await readFile('a.txt');", 'await prisma.user.count();'),
    ],
    [
      'state',
      main('(globalThis as any).seen = 0; await prisma.user.count(); n = 1;') +
        '\nlet n = 0; export const state = () => n;',
      main('(globalThis as any).seen = 0; await prisma.user.count(); n = 2;') +
        '\nlet n = 0; export const state = () => n;',
    ],
  ])('tells a difference in %s', async (about, before, after) => {
    expect(await compared(before, before)).toBeUndefined();
    expect((await compared(before, after))?.about).toBe(about);
  });
});
