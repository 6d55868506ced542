/**
 * Fixtures of `sync-to-async`, run: each function that the file `run` of a case exports is called before and after the rewrite, on real files and with
 * real child processes. It must give or throw the same, and leave the same files. Where the work is slow, others must get their turn
 * meanwhile.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { fixtureCasesOf, type FixtureCase, type Texts } from '../src/testing/cases.ts';

const root = join(import.meta.dirname, '..');
const SLOW = 'slow-work-lets-others-run';

/** A function of a case that can be run. */
interface Executable {
  /** The case and the function: `files-observed-when-run: thrown`. */
  readonly name: string;
  readonly entry: string;
  /** The file that exports it. */
  readonly start: string;
  readonly before: Texts;
  readonly after: Texts;
  /** The files that the case brings for it to work on. */
  readonly data: Texts;
}

/** What was seen of one call. */
interface Observation {
  /** What it gave, or class, code and message of what it threw; a promise in it would show. */
  readonly ended: string;
  /** The files when it ended, and some time later. */
  readonly files: Texts;
  readonly later: Texts;
  /** The longest time in milliseconds in which nobody else had a turn. */
  readonly longestGap: number;
}

const DATA = /^files\//;
const START = /^run\.[jt]s$/;
const ENTRY = /^(?:export async function |exports\.)(\w+)(?:\(| = async )/gm;

/** The functions of a case that can be run; none where no file is called `run`. */
function executablesOf({ name, input, output }: FixtureCase): readonly Executable[] {
  const start = [...input.keys()].find((path) => START.test(path));
  if (start === undefined) return [];
  const program = new Map([...input].filter(([path]) => !DATA.test(path)));
  const data = new Map([...input].filter(([path]) => DATA.test(path)));
  const entries = [...(input.get(start) ?? '').matchAll(ENTRY)].map(([, entry = '']) => entry);
  return entries.map((entry) => ({
    name: `${name}: ${entry}`,
    entry,
    start,
    before: program,
    after: new Map([...program, ...output]),
    data: new Map([...data].map(([path, text]) => [path.replace(DATA, ''), text])),
  }));
}

function writeAll(folder: string, texts: Texts): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function readAll(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return new Map(paths.toSorted().map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

/** The program as Node runs it. */
const compiled = (program: Texts): Texts =>
  new Map(
    [...program].map(([path, text]) =>
      path.endsWith('.ts')
        ? [path.replace(/ts$/, 'js'), ts.transpileModule(text, { compilerOptions: COMPILER }).outputText]
        : [path, text],
    ),
  );

/** Writes a program into a folder and gives a function that it exports. */
function loaded(
  folder: string,
  program: Texts,
  start: string,
  entry: string,
): (data: string) => Promise<unknown> {
  writeAll(folder, compiled(program));
  const module: unknown = createRequire(import.meta.url)(join(folder, start.replace(/ts$/, 'js')));
  const found: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, entry) : undefined;
  if (typeof found !== 'function') throw new TypeError(`${start} exports no function ${entry}`);
  return async (data) => {
    const given: unknown = await found(data);
    return given;
  };
}

const shown = (error: unknown): string =>
  error instanceof Error
    ? `${error.constructor.name} ${'code' in error ? String(error.code) : ''}: ${error.message}`
    : inspect(error);

/** The longest time between two turns of somebody else while `work` is done, and what it ended with. */
async function withOthers(work: () => Promise<unknown>): Promise<{ ended: string; longestGap: number }> {
  let last = performance.now();
  let longestGap = 0;
  const turn = (): void => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
  };
  const ticker = setInterval(turn, 1);
  try {
    await sleep(5);
    longestGap = 0;
    const given = await work();
    turn();
    return { ended: `gave ${inspect(given, { depth: 20 })}`, longestGap };
  } catch (error) {
    turn();
    return { ended: `threw ${shown(error)}`, longestGap };
  } finally {
    clearInterval(ticker);
  }
}

/** Calls a function of a program, in a folder with those files and no others. */
async function observed(
  work: (data: string) => Promise<unknown>,
  folder: string,
  data: Texts,
): Promise<Observation> {
  rmSync(folder, { recursive: true, force: true });
  writeAll(folder, data);
  const { ended, longestGap } = await withOthers(() => work(folder));
  const files = readAll(folder);
  await sleep(20);
  return { ended, longestGap, files, later: readAll(folder) };
}

/** Calls a function before and after the rewrite, in the same place. */
async function both(
  { before, after, start, entry }: Executable,
  data: Texts,
): Promise<{ readonly was: Observation; readonly is: Observation }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'calls-')));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const work = join(folder, 'data');
    const was = await observed(loaded(join(folder, 'before'), before, start, entry), work, data);
    const is = await observed(loaded(join(folder, 'after'), after, start, entry), work, data);
    return { was, is };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const fixtures = join(root, '__testfixtures__', 'sync-to-async');
const cases = existsSync(fixtures) ? fixtureCasesOf(fixtures) : [];
const executables = cases.flatMap(executablesOf);
const slow = executables.filter(({ name }) => name.startsWith(SLOW));
const others = executables.filter((one) => !slow.includes(one));

describe('the fixtures of sync-to-async, run', () => {
  it('are some, and rewritten', () => {
    expect(others.length).toBeGreaterThan(10);
    expect(slow.length).toBeGreaterThan(2);
    expect(
      executables.filter(({ before, after }) =>
        [...after].every(([path, text]) => before.get(path) === text),
      ),
    ).toEqual([]);
  });

  it.each(others)('$name does the same', async (executable) => {
    const { was, is } = await both(executable, executable.data);
    expect(is.ended).toBe(was.ended);
    expect(is.files).toEqual(was.files);
    expect(is.later).toEqual(is.files);
  });

  it.each(others)('$name fails in the same way where its files are missing', async (executable) => {
    const { was, is } = await both(executable, new Map());
    expect(is.ended).toBe(was.ended);
    expect(is.files).toEqual(was.files);
    expect(is.later).toEqual(is.files);
  });

  it.each(slow)('$name does the same while others have their turns', async (executable) => {
    const { was, is } = await both(executable, executable.data);
    expect(was.ended).toMatch(/^gave /);
    expect(is.ended).toBe(was.ended);
    expect(is.longestGap).toBeLessThan(was.longestGap / 2);
  });

  it.each(others.filter(({ entry }) => entry === 'values'))(
    '$name shows an await that is forgotten',
    async (executable) => {
      const { start, after } = executable;
      const text = (after.get(start) ?? '').replaceAll('await ', '');
      const { was, is } = await both(
        { ...executable, after: new Map([...after, [start, text]]) },
        executable.data,
      );
      expect(is.ended).not.toBe(was.ended);
    },
  );
});
