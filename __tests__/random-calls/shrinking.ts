import type { Transform } from '../../src/index.ts';
import { smallerThan, textsOf } from '../random-programs/program.ts';
import { divergingAmong, inspectAll, type Diverging, type Inspected } from './batch.ts';
import type { CallProgram } from './generator.ts';
import { compileProgram } from './sandbox.ts';
import { typesOf } from './types.ts';

/** Smaller programs that are tried in one run of the engine. */
const AT_ONCE = 40;

/** The smallest program that still differs in the same way, made by leaving out one piece after the other. */
export async function shrunk(found: Diverging, transform: Transform, seed: number): Promise<Diverging> {
  let smallest = found;
  for (let isDone = false; !isDone;) {
    isDone = true;
    const smaller = smallerThan(smallest.program)
      .map(({ files }): CallProgram => ({ ...smallest.program, files }))
      .filter(({ files }) => files.some(({ path, pieces }) => path === 'package.json' && pieces.length > 0));
    for (let at = 0; at < smaller.length && isDone; at += AT_ONCE) {
      const some = await wholeOnes(smaller.slice(at, at + AT_ONCE));
      const next = await firstAlike(await inspectAll(some, transform, found.level), found, seed);
      if (next === undefined) continue;
      smallest = next;
      isDone = false;
    }
  }
  return smallest;
}

async function firstAlike(
  inspected: readonly Inspected[],
  { difference }: Diverging,
  seed: number,
): Promise<Diverging | undefined> {
  for (const one of inspected) {
    if (!one.isChanged || one.failures.length > 0) continue;
    const [diverging] = await divergingAmong([one], seed);
    if (diverging?.difference.about === difference.about) return diverging;
  }
  return undefined;
}

/**
 * The programs of which nothing is missing that they need. The others must not be looked at together with them: where an import is
 * broken, something of an unknown type may be anything.
 */
async function wholeOnes(programs: readonly CallProgram[]): Promise<readonly CallProgram[]> {
  const texts = programs.map(textsOf);
  const types = typesOf(texts);
  const whole: CallProgram[] = [];
  for (const [at, program] of programs.entries()) {
    const before = texts[at];
    if (before === undefined || types[at]?.errors.length !== 0) continue;
    if (!(await isMistaken(before))) whole.push(program);
  }
  return whole;
}

async function isMistaken(texts: ReadonlyMap<string, string>): Promise<boolean> {
  try {
    const { outcomes } = await compileProgram(texts).run({ inputs: ['a.txt'], seed: 1 });
    return outcomes.some(({ ended, log }) =>
      /a mistake|never ended|Error: .* is not/.test([ended, ...log].join('\n')),
    );
  } catch {
    return true;
  }
}
