import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Options } from '../transform.ts';

/** The texts of some files by their path in the folder of a case, with forward slashes. */
export type Texts = ReadonlyMap<string, string>;

/** A situation, and what a transform must make of it. */
export interface FixtureCase {
  /** The situation as a clause: `dependent-calls-stay`. */
  readonly name: string;
  readonly input: Texts;
  /** The files that must be different from the input or new; empty where nothing may change. */
  readonly output: Texts;
  readonly options: Options;
}

const SINGLE = /^(.+)\.input(\.[mc]?[jt]sx?)$/;

/** Whether a file is source code that a transform may look at. */
export const isSource = (path: string): boolean => /\.[mc]?[jt]sx?$/.test(path);

function textsBelow(folder: string): Texts {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

const optionsIn = (path: string): Options =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Options) : {};

function singleCase(folder: string, name: string, extension: string): FixtureCase {
  const output = join(folder, `${name}.output${extension}`);
  const file = name + extension;
  return {
    name,
    input: new Map([[file, readFileSync(join(folder, `${name}.input${extension}`), 'utf8')]]),
    output: new Map(existsSync(output) ? [[file, readFileSync(output, 'utf8')]] : []),
    options: optionsIn(join(folder, `${name}.options.json`)),
  };
}

const projectCase = (folder: string, name: string): FixtureCase => ({
  name,
  input: textsBelow(join(folder, name, 'input')),
  output: textsBelow(join(folder, name, 'output')),
  options: optionsIn(join(folder, name, 'options.json')),
});

/**
 * The cases in `folder`, by name: `<case>.input.ts` with `<case>.output.ts` (any extension of JavaScript and TypeScript),
 * or `<case>/input/**` with `<case>/output/**` for a project. Without an output the input must not change. Options stand
 * in `<case>.options.json` or `<case>/options.json`.
 * @throws {Error} for an output or options without an input, which would never be looked at.
 */
export function fixtureCasesOf(folder: string): readonly FixtureCase[] {
  const cases: FixtureCase[] = [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const single = SINGLE.exec(entry.name);
    if (entry.isDirectory()) cases.push(projectCase(folder, entry.name));
    else if (single !== null) cases.push(singleCase(folder, single[1] ?? '', single[2] ?? ''));
    else {
      const output = /^(.+)\.output(\.\w+)$/.exec(entry.name);
      const stem = /^(.+)\.options\.json$/.exec(entry.name)?.[1];
      const hasInput =
        (output !== null && names.has(`${output[1] ?? ''}.input${output[2] ?? ''}`)) ||
        (stem !== undefined && [...names].some((one) => one.startsWith(`${stem}.input.`)));
      if (!hasInput) throw new Error(`${join(folder, entry.name)} belongs to no input.`);
    }
  }
  const without = cases.find(({ input }) => input.size === 0);
  if (without !== undefined) throw new Error(`${join(folder, without.name)} has no input.`);
  return cases.sort((a, b) => (a.name < b.name ? -1 : 1));
}
