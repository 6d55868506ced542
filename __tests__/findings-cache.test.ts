import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorker } from '../src/api/start-worker.ts';
import { builtIn } from '../src/run/catalog.ts';
import { plan, type Plan, type RunRequest } from '../src/run/plan.ts';
import type { Options } from '../src/transform.ts';
import { change, drawBy, make } from './findings-cache/random-project.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-findings-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

/** The files that transforms looked at. */
let looked: string[] = [];

/** Our own transforms, as the command line asks for them. */
async function requested(...ids: readonly string[]): Promise<RunRequest['transforms']> {
  return await Promise.all(
    ids.map(async (id) => {
      const transform = await builtIn(id);
      if (transform?.inspect === undefined) throw new Error(`There is no transform ${id}.`);
      const counting: typeof transform = {
        ...transform,
        inspect: (file) => {
          looked.push(file.path.slice(folder.length + 1));
          return transform.inspect?.(file) ?? [];
        },
      };
      return { transform, options: transform.defaults ?? {}, load: () => Promise.resolve(counting) };
    }),
  );
}

const ALL = await requested('await-in-loop', 'console-to-logger', 'sequential-awaits', 'sync-to-async');

/** The same, with these options of `console-to-logger`. */
const withOptions = (options: Options): RunRequest['transforms'] =>
  ALL.map((one) =>
    one.transform.id === 'console-to-logger' ? { ...one, options: { ...one.options, ...options } } : one,
  );

const planned = async (more: Partial<RunRequest> = {}): Promise<Plan> => {
  looked = [];
  return await plan({
    cwd: folder,
    paths: ['.'],
    transforms: ALL,
    level: 'review',
    types: false,
    cache: { folder: join(folder, '.hasten/cache'), packageRoot: join(folder, 'toolkit') },
    ...more,
  });
};

const uncached = async (more: Partial<RunRequest> = {}): Promise<Plan> =>
  await plan({ cwd: folder, paths: ['.'], transforms: ALL, level: 'review', types: false, ...more });

/** A whole plan as text. */
const written = (made: Plan): string =>
  JSON.stringify(
    made,
    (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value),
    1,
  );

const kept = (): string[] =>
  readdirSync(join(folder, '.hasten/cache')).filter((name) => name.startsWith('findings-'));

const LOGGED = `import { one } from './one';\nexport const f = async (id) => {\n  console.log('at', id);\n  await one(id);\n};\n`;

describe('what was found in files', () => {
  beforeEach(() => {
    mkdirSync(join(folder, '.git'));
    put('package.json', '{ "name": "app", "dependencies": { "pino": "9" } }');
    put('src/a.ts', LOGGED);
    put('src/b.ts', `${LOGGED}// b\n`);
    put('src/one.ts', 'export const one = async (id) => id;\n');
  });

  it('is taken for those that did not change', async () => {
    await planned();
    expect(new Set(looked)).toEqual(new Set(['src/a.ts', 'src/b.ts']));
    put('src/a.ts', `${LOGGED}// changed\n`);
    const made = await planned();
    expect(new Set(looked)).toEqual(new Set(['src/a.ts']));
    expect(written(made)).toBe(written(await uncached()));
  });

  it('is not taken when an answer is another one', async () => {
    const before = await planned();
    put('src/logger.ts', "import pino from 'pino';\nexport const logger = pino();\n");
    const made = await planned();
    expect(new Set(looked)).toEqual(new Set(['src/a.ts', 'src/b.ts']));
    expect(written(made)).not.toBe(written(before));
    expect(written(made)).toBe(written(await uncached()));
  });

  it('is not taken when what was looked for in vain has come to be', async () => {
    const transforms = withOptions({ create: 'src/logger.ts' });
    const before = await planned({ transforms });
    expect(before.changes.map(({ path }) => path)).toContain(join(folder, 'src/logger.ts'));
    put('src/logger.ts', 'export const other = 1;\n');
    expect(written(await planned({ transforms }))).toBe(written(await uncached({ transforms })));
  });

  it('stays when only some files are looked at', async () => {
    await planned();
    put('src/a.ts', `${LOGGED}// changed\n`);
    await planned({ paths: ['src/a.ts'] });
    put('src/one.ts', 'export const one = async (id) => [id];\n');
    await planned();
    expect(looked).toEqual([]);
  });

  it('is of the options and the transforms that it was found with', async () => {
    await planned();
    const transforms = withOptions({ logger: '@acme/logger' });
    const made = await planned({ transforms });
    expect(new Set(looked)).toEqual(new Set(['src/a.ts', 'src/b.ts']));
    expect(written(made)).toBe(written(await uncached({ transforms })));
  });

  it('is not kept of a transform that threw, nor with types, nor of one that is not ours', async () => {
    const [first] = ALL;
    if (first === undefined) throw new Error('There is no such transform.');
    const throwing = {
      ...first.transform,
      prefilter: /console/,
      inspect: () => {
        throw new Error('no');
      },
    };
    await planned({ transforms: [{ ...first, load: () => Promise.resolve(throwing), transform: throwing }] });
    const { failures } = await planned({
      transforms: [{ ...first, load: () => Promise.resolve(throwing), transform: throwing }],
    });
    expect(failures.map(({ reason }) => reason)).toContain('the transform await-in-loop threw Error: no');
    await planned({ types: true, verifyTypes: false });
    await planned({ transforms: [{ transform: { ...throwing, id: 'own' }, options: {} }] });
    expect(
      kept()
        .map((name) => readFileSync(join(folder, '.hasten/cache', name), 'utf8'))
        .join(''),
    ).not.toContain('await');
  });

  it('is found again where it is damaged, and where nothing can be kept', async () => {
    await planned();
    const [name = ''] = kept();
    const path = join(folder, '.hasten/cache', name);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace('console.log', 'console.lag'));
    put('src/one.ts', 'export const one = async (id) => [id];\n');
    expect(written(await planned())).toBe(written(await uncached()));
    rmSync(join(folder, '.hasten'), { recursive: true });
    writeFileSync(join(folder, '.hasten'), 'a file');
    expect(written(await planned())).toBe(written(await uncached()));
    rmSync(join(folder, '.hasten'));
    mkdirSync(join(folder, '.hasten'));
    chmodSync(join(folder, '.hasten'), 0o500);
    expect(written(await planned())).toBe(written(await uncached()));
  });

  it('is kept for a few choices only', async () => {
    for (let at = 0; at < 12; at++) await planned({ transforms: withOptions({ logger: `@acme/${at}` }) });
    expect(kept()).toHaveLength(8);
  });

  it('is written whole by each of several at once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => planned()));
    expect(new Set(all.map(written)).size).toBe(1);
    expect(readdirSync(join(folder, '.hasten/cache')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    put('src/a.ts', `${LOGGED}// changed\n`);
    expect(written(await planned())).toBe(written(await uncached()));
    expect(new Set(looked)).toEqual(new Set(['src/a.ts', 'src/b.ts']));
  });
});

describe('in projects that change at random', () => {
  /** As many as there are; `PROJECTS=500` tries as many. */
  const PROJECTS = Number(process.env['PROJECTS'] ?? 6);
  const CHANGES = 8;
  const OPTIONS: readonly Options[] = [
    {},
    { logger: './src/log.js' },
    { create: 'src/made.ts' },
    { logger: '@acme/b' },
  ];

  it.each(Array.from({ length: PROJECTS }, (_, seed) => seed))(
    'seed %i: a run with what is kept says what one without says',
    async (seed) => {
      const draw = drawBy(seed);
      if (draw(2) === 0) mkdirSync(join(folder, '.git'));
      make(folder, draw);
      const transforms = withOptions(OPTIONS[draw(OPTIONS.length)] ?? {});
      await planned({ transforms });
      for (let round = 0; round < CHANGES; round++) {
        const done = change(folder, draw);
        const level = draw(2) === 0 ? 'safe' : 'review';
        const made = await planned({ level, transforms });
        expect(written(made), `seed ${seed}, change ${round}: ${done}`).toBe(
          written(await uncached({ level, transforms })),
        );
      }
    },
  );
});

describe('worker threads', () => {
  it('tell what was asked, so that it is kept', async () => {
    const filler = `/*\n${`${'-'.repeat(100)}\n`.repeat(600)}*/\n`;
    put('package.json', '{ "name": "app", "dependencies": { "pino": "9" } }');
    for (let at = 0; at < 40; at++) put(`src/${at}.ts`, filler + LOGGED);
    let started = 0;
    const start: RunRequest['startWorker'] = (task) => {
      started++;
      return startWorker(task);
    };
    await planned({ startWorker: start });
    const before = started;
    put('src/3.ts', `${filler}${LOGGED}// changed\n`);
    const made = await planned({ startWorker: start });
    expect(started).toBe(before);
    expect(before > 0 ? [...new Set(looked)] : ['src/3.ts']).toEqual(['src/3.ts']);
    expect(written(made)).toBe(written(await uncached()));
  });
});
