import type { Transform } from '../../src/index.ts';
import { divergingAmong, inspectAll, type Diverging } from './batch.ts';
import { compileProgram } from './execution.ts';
import { smallerThan } from './program.ts';
import { EQUAL } from './scheduler.ts';

/** Smaller programs that are tried in one run of the engine. */
const AT_ONCE = 40;

/**
 * The smallest program that still differs in the same way, made by leaving out one piece after the other. Programs that fail by
 * a name that is not there are no answer.
 */
export async function shrunk(
  found: Diverging,
  transforms: readonly Transform[],
  seed: number,
): Promise<Diverging> {
  let smallest = found;
  for (let isDone = false; !isDone;) {
    isDone = true;
    const smaller = smallerThan(smallest.program);
    for (let at = 0; at < smaller.length && isDone; at += AT_ONCE) {
      const inspected = await inspectAll(smaller.slice(at, at + AT_ONCE), transforms);
      for (const one of inspected) {
        if (one.failures.length > 0) continue;
        const [diverging] = await divergingAmong(
          [one],
          seed,
          found.divergence.failing === undefined ? { mostFailures: 0 } : {},
        ).catch(() => []);
        if (diverging === undefined || diverging.divergence.about !== found.divergence.about) continue;
        const { before, after, error = '' } = diverging.divergence;
        if (/ReferenceError|SyntaxError|is not a function|is not defined/.test(`${before} ${after} ${error}`))
          continue;
        const plain = await compileProgram(one.before, 'main.ts').run(EQUAL);
        if (/ReferenceError|SyntaxError/.test(plain.error ?? '')) continue;
        smallest = diverging;
        isDone = false;
        break;
      }
    }
  }
  return smallest;
}
