/**
 * What `compose` makes of random edits that overlap and lie in each other, beside a naive reference. `SETS=100000` looks at more of
 * them, from `SEED` on.
 */
import { describe, expect, it } from 'vitest';
import { compose } from '../src/edits/compose.ts';
import { drawSet } from './random-edits/generator.ts';
import { judge, shrunk, told, type Compose } from './random-edits/oracle.ts';
import { SABOTEURS } from './random-edits/saboteurs.ts';

const SETS = Number(process.env['SETS'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? 0);
/** Sets in which each saboteur has to be found. */
const ABOUT = 300;

/** The first set, of `count` from `seed` on, of which `subject` makes something else than the reference. */
function firstDifference(subject: Compose, count: number, seed: number): string | undefined {
  for (let at = seed; at < seed + count; at++) {
    const set = drawSet(at);
    if (judge(set, subject).difference === undefined) continue;
    const smallest = shrunk(set, subject);
    return `seed ${at}: ${judge(smallest, subject).difference}\n${told(smallest)}`;
  }
  return undefined;
}

describe('compose gives for random edits what a naive reference gives', () => {
  it(`in ${SETS} sets`, { timeout: 60_000 + SETS * 20 }, () => {
    expect(firstDifference(compose, SETS, SEED)).toBeUndefined();
  });

  it('which have enough of both: proposals that fit, and such that wait', () => {
    const judged = Array.from({ length: ABOUT }, (_, seed) => judge(drawSet(seed), compose));
    expect(judged.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(ABOUT);
    expect(judged.reduce((sum, { deferred }) => sum + deferred, 0)).toBeGreaterThan(ABOUT);
  });

  it.each(Object.entries(SABOTEURS))('and tells a composer that %s', (_, saboteur) => {
    expect(firstDifference(saboteur, ABOUT, 0)).toBeDefined();
  });
});
