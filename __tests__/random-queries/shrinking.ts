import type { Transform } from '../../src/index.ts';
import type { Databases } from '../databases/cases.ts';
import { smallerThan } from '../random-programs/program.ts';
import { differenceOf, inspectAll, observed, type Diverging } from './batch.ts';
import type { QueryProgram } from './generator.ts';

/** Smaller programs that are tried in one run of the engine. */
const AT_ONCE = 20;

/** What kind of difference a clause tells, without the values in it. */
export function kindOf(difference: string): string {
  const [what = difference] =
    /^it (?:gave as JSON|gave|printed|left|sent|does not run)/.exec(difference) ?? [];
  const thrown = /now thrown: (\w+)/.exec(difference)?.[1];
  return thrown === undefined ? what : `${what}, now ${thrown}`;
}

/** The smallest program that still differs in the same way, made by leaving out one piece after the other. */
export async function shrunk(
  found: Diverging,
  transform: Transform,
  databases: Databases,
): Promise<Diverging> {
  const kind = kindOf(found.difference);
  const mayThrow = found.difference.startsWith('it gave thrown');
  let smallest = found;
  for (let isDone = false; !isDone;) {
    isDone = true;
    const smaller = smallerPrograms(smallest.program);
    for (let at = 0; at < smaller.length && isDone; at += AT_ONCE) {
      const inspected = await inspectAll(smaller.slice(at, at + AT_ONCE), transform);
      for (const one of inspected) {
        if (one.failures.length > 0 || !one.isChanged) continue;
        const difference = await differenceOf(one, databases);
        if (difference === undefined || kindOf(difference) !== kind) continue;
        // What was left out is missing before and after.
        const missing = /ReferenceError: (\w+) is not defined/.exec(difference)?.[1];
        if (missing !== undefined && new RegExp(`\\b${missing}\\b`).test(one.before.get('main.ts') ?? ''))
          continue;
        if (await isBroken(one.before, databases, mayThrow)) continue;
        smallest = { ...one, difference };
        isDone = false;
        break;
      }
    }
  }
  return smallest;
}

/** The programs that are smaller by one piece of the main file, or else of the data; the schema stays as it is. */
const smallerPrograms = (program: QueryProgram): readonly QueryProgram[] => {
  const smaller = smallerThan(program).map(({ files }) => ({ ...program, files }));
  return ['main.ts', 'seed.sql'].flatMap((path) =>
    smaller.filter(({ files }) => changedPath(program, files) === path),
  );
};

const changedPath = (program: QueryProgram, files: QueryProgram['files']): string | undefined =>
  files.find(({ pieces }, at) => program.files[at]?.pieces !== pieces)?.path;

/** Whether something that the program needs was left out. */
async function isBroken(
  texts: ReadonlyMap<string, string>,
  databases: Databases,
  mayThrow: boolean,
): Promise<boolean> {
  const was = await observed(texts, databases);
  const [first = ''] = typeof was === 'string' ? [] : was.outcome;
  return (
    typeof was === 'string' ||
    (mayThrow ? /ReferenceError|SyntaxError|does not exist/ : /^thrown/).test(first)
  );
}
