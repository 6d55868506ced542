import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Proposal, Transform } from '../../src/index.ts';
import { plan } from '../../src/run/plan.ts';
import { textsOf } from '../random-programs/program.ts';
import type { CallProgram } from './generator.ts';
import { differenceOf, type Difference } from './oracle.ts';
import { typesOf } from './types.ts';

/** A program after the engine has looked at it. */
export interface Inspected {
  readonly program: CallProgram;
  readonly level: 'safe' | 'review';
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
  readonly difference: Difference;
}

const PROJECT = join(import.meta.dirname, '..', '..');

/**
 * What a program has that says something of all others of its run: where anything removes files, any may be gone at any time, and what is
 * called under a computed name may be anything.
 */
function reachesOthers(program: CallProgram): string {
  const text = [...textsOf(program).values()].join('\n');
  return `${String(text.includes('rmSync('))} ${String(text.includes('table[kind]'))}`;
}

/** Lets the engine rewrite programs, each in a folder and a package of its own; those that say something of others in runs of their own. */
export async function inspectAll(
  programs: readonly CallProgram[],
  transform: Transform,
  level: 'safe' | 'review' = 'safe',
): Promise<readonly Inspected[]> {
  const inspected = new Map<number, Inspected>();
  const kinds = programs.map(reachesOthers);
  for (const kind of new Set(kinds)) {
    const some = new Map([...programs.entries()].filter(([number]) => kinds[number] === kind));
    for (const [number, one] of await inspectTogether(some, transform, level)) inspected.set(number, one);
  }
  return programs.flatMap((_, number) => inspected.get(number) ?? []);
}

/** Lets the engine rewrite programs in one run; each is told by its number, which its folder has. */
async function inspectTogether(
  programs: ReadonlyMap<number, CallProgram>,
  transform: Transform,
  level: 'safe' | 'review',
): Promise<ReadonlyMap<number, Inspected>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-calls-')));
  const pathIn = (number: number, path: string): string => join(root, `program${number}`, path);
  const numberOf = (path: string): number =>
    Number(/^program(\d+)$/.exec(relative(root, path).split(sep)[0] ?? '')?.[1]);
  try {
    symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'junction');
    for (const [number, program] of programs) {
      for (const [path, text] of textsOf(program)) {
        mkdirSync(dirname(pathIn(number, path)), { recursive: true });
        writeFileSync(pathIn(number, path), text);
      }
    }
    const { changes, findings, failures } = await plan({
      cwd: root,
      paths: ['.'],
      level,
      format: false,
      fileTimeLimit: 60_000,
      transforms: [{ transform, options: transform.defaults ?? {} }],
    });
    const changed = new Map(changes.map(({ path, after }) => [path, after]));
    const isOf =
      (number: number) =>
      (one: { readonly path: string }): boolean =>
        numberOf(one.path) === number;
    const inspectedOf = (number: number, program: CallProgram): Inspected => {
      const before = textsOf(program);
      const after = new Map(
        [...before].map(([path, text]) => [path, changed.get(pathIn(number, path)) ?? text]),
      );
      return {
        program,
        level,
        before,
        after,
        isChanged: [...before].some(([path, text]) => after.get(path) !== text),
        findings: findings.filter(isOf(number)),
        failures: failures.filter(isOf(number)).map(({ path, reason }) => `${path}: ${reason}`),
      };
    };
    return new Map([...programs].map(([number, program]) => [number, inspectedOf(number, program)]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What the types tell of the rewrites of some programs that is wrong, by the number of the program. */
function wrongTypes(changed: readonly Inspected[]): ReadonlyMap<number, Difference> {
  const before = typesOf(changed.map((one) => one.before));
  const after = typesOf(changed.map((one) => one.after));
  const found = new Map<number, Difference>();
  for (const [number, now] of after.entries()) {
    const was = before[number];
    const known = new Set(was?.errors.map((one) => one.text));
    const error = now.errors.find(({ text }) => !known.has(text));
    const note = (about: Difference['about'], said: string): void => {
      found.set(number, { about, input: '', before: was?.hits.join('; ') ?? '', after: said });
    };
    if (error !== undefined) note('types', `${error.text} (${error.at})`);
    else if (now.hits.length > (was?.hits.length ?? 0))
      note('promises that nobody waits for', now.hits.join('; '));
  }
  return found;
}

/** The programs among `inspected` of which a rewrite did something else, at most `most`. */
export async function divergingAmong(
  inspected: readonly Inspected[],
  seed: number,
  most = Infinity,
): Promise<readonly Diverging[]> {
  const changed = inspected.filter((one) => one.isChanged);
  const found: Diverging[] = [];
  for (const one of changed) {
    if (found.length >= most) return found;
    const difference = await differenceOf(one.before, one.after, one.level, seed);
    if (difference !== undefined) found.push({ ...one, difference });
  }
  if (found.length >= most) return found;
  for (const [number, difference] of wrongTypes(changed)) {
    const one = changed[number];
    if (one !== undefined && !found.some(({ program }) => program === one.program))
      found.push({ ...one, difference });
  }
  return found.slice(0, most);
}
