/**
 * Each obligation of the transforms for awaits is needed: an engine that takes it for granted calls something safe that is not,
 * and the random programs tell. `random-programs-saboteurs.test.ts` has the same for what the facts say.
 */
import { describe, expect, it, vi } from 'vitest';
import { firstDiverging, inspectAll, type Inspected } from './random-programs/batch.ts';
import { somePrograms } from './random-programs/generator.ts';
import { subjects } from './random-programs/subjects.ts';

/** What is claimed for another reason than that a program stays the same: of how many are wise at once, and of packages. */
const POLICY = /^Many queries at once|is a dependency of|^Each turn asks for the same/;

const taken = vi.hoisted((): { forGranted: RegExp | undefined } => ({ forGranted: undefined }));

vi.mock('../src/evidence.ts', async (original) => {
  const real = await original<typeof import('../src/evidence.ts')>();
  const unless =
    (say: typeof real.fails): typeof real.fails =>
    (claim, site) =>
      (POLICY.test(claim) || taken.forGranted?.test(claim) === true ? real.holds : say)(claim, site);
  return { ...real, fails: unless(real.fails), assumed: unless(real.assumed) };
});

const PROGRAMS = 500;
const SEED = 20;
/** Programs that are inspected in one run. */
const BATCH = 250;

/** What is taken for granted, by the claims that say otherwise. */
const OBLIGATIONS: readonly (readonly [about: string, claims: RegExp])[] = [
  ['guards', /is a guard|may begin before it has thrown|may be seen to refuse/],
  ['early exits', /may leave before/],
  ['what stands between or is evaluated before', /stands between them and touches|is evaluated before/],
  ['writes that stand between', /stands between them and writes/],
  ['refusals that stand between', /stands between them and throws/],
  ['transactions', /in one transaction|on one connection/],
  ['the order of effects', /, which .* after it$|and .* (another object|in a cache)$/],
  ['writes to others', /what that sets off elsewhere/],
  ['writes whose neighbour fails', /stands alone if|does not rely on the write/],
  ['unknown callees', /^Nothing is known of|only reads, as its name|only computes:/],
  ['pauses', /waits on purpose|keeps to a rate limit|sets the pace/],
  ['memory when something fails', /although what runs beside it fails/],
  ['arguments that throw', /as the calls before it are under way/],
  ['variables that are set late', /set only when all are done/],
  ['memory that is changed late', /when a call after it fails/],
  ['loops that stop early', /^It stops early/],
  ['lists that change', /is changed while it is walked/],
  ['turns that write', /^Each turn writes|^The turns write|^A turn writes/],
  [
    'turns that change what others find',
    /^A turn changes|of its own in each turn$|^One turn needs another|^Nobody minds in which order the turns/,
  ],
  ['what later turns change', /^Nobody minds that no turn changes|^Nobody looks at what/],
  [
    'turns that refuse',
    /^Nobody minds which turn's error|^Nobody minds that (later turns have begun|all calls are made before a turn throws)/,
  ],
];

/** Whether anything is claimed of a program that is to be taken for granted: only then can the engine leave it otherwise. */
const isConcerned = ({ findings }: Inspected, claims: RegExp): boolean =>
  findings.some(({ evidence }) =>
    evidence.some(({ verdict, claim }) => verdict !== 'holds' && claims.test(claim)),
  );

describe('random programs tell an engine that takes for granted', async () => {
  const transforms = await subjects();
  const programs = somePrograms(PROGRAMS, SEED);
  const honest: Inspected[] = [];
  for (let at = 0; at < PROGRAMS; at += BATCH)
    honest.push(...(await inspectAll(programs.slice(at, at + BATCH), transforms)));

  it.each(OBLIGATIONS)('%s', { timeout: 300_000 }, async (_, claims) => {
    const concerned = honest.filter((one) => isConcerned(one, claims));
    taken.forGranted = claims;
    try {
      const found = await firstDiverging(
        concerned.map(({ program }) => program),
        transforms,
        concerned,
        SEED,
      );
      expect(found).toBeDefined();
    } finally {
      taken.forGranted = undefined;
    }
  });
});
