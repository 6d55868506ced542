/** What the facts say is needed: an engine that forgets one of them calls something safe that is not, and the random programs tell. */
import { expect, it } from 'vitest';
import { firstDiverging, inspectAll, type Inspected } from './random-programs/batch.ts';
import { somePrograms } from './random-programs/generator.ts';
import { SABOTEURS, sabotaged } from './random-programs/saboteurs.ts';
import { subjects } from './random-programs/subjects.ts';

const PROGRAMS = 500;
const SEED = 20;
/** Programs that are inspected in one run. */
const BATCH = 250;
const transforms = await subjects();
const programs = somePrograms(PROGRAMS, SEED);

let known: Promise<readonly Inspected[]> | undefined;
/** All programs as the engine leaves them. */
const inspectedPrograms = (): Promise<readonly Inspected[]> =>
  (known ??= (async () => {
    const inspected: Inspected[] = [];
    for (let at = 0; at < PROGRAMS; at += BATCH)
      inspected.push(...(await inspectAll(programs.slice(at, at + BATCH), transforms)));
    return inspected;
  })());

it.each(SABOTEURS)(
  'random programs tell an engine that forgets $forgets',
  { timeout: 180_000 },
  async (saboteur) => {
    const forgetful = transforms.map((one) => sabotaged(one, saboteur));
    expect(await firstDiverging(programs, forgetful, await inspectedPrograms(), SEED)).toBeDefined();
  },
);
