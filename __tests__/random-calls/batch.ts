import type { Transform } from '../../src/index.ts';
import { textsOf } from '../random-programs/program.ts';
import { rewriteTogether, type Rewritten } from '../random-programs/rewrite.ts';
import type { CallProgram } from './generator.ts';
import { differenceOf, type Difference } from './oracle.ts';
import { typesOf } from './types.ts';

/** A program after the engine has looked at it. */
export type Inspected = Rewritten<CallProgram>;

/** A program of which a rewrite did something else. */
export interface Diverging extends Inspected {
  readonly difference: Difference;
}

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
  const inspected = new Map<CallProgram, Inspected>();
  const transforms = [{ transform, options: transform.defaults ?? {} }];
  for (const kind of new Set(programs.map(reachesOthers))) {
    const some = programs.filter((one) => reachesOthers(one) === kind);
    for (const one of await rewriteTogether(some, { transforms, level })) inspected.set(one.program, one);
  }
  return programs.flatMap((one) => inspected.get(one) ?? []);
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
