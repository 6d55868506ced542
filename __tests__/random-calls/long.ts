/**
 * Runs many random programs whose calls block before and after what `sync-to-async` calls safe, and tells each difference with the
 * smallest program that shows it: `npx tsx __tests__/random-calls/long.ts --programs 2000 --seed 1`.
 */
import { parseArgs } from 'node:util';
import { builtIn } from '../../src/run/catalog.ts';
import { Tally } from '../random-programs/tally.ts';
import { divergingAmong, inspectAll, type Diverging } from './batch.ts';
import { FEATURES, somePrograms } from './generator.ts';
import { withoutSeenAlone } from './review.ts';
import { shrunk } from './shrinking.ts';
import { Rewrites } from './tally.ts';

const BATCH = 100;
const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    level: { type: 'string', default: 'safe' },
    /** What all programs are about; anything unless told. */
    about: { type: 'string' },
    /** Differences of each kind that are shrunk; the others are only counted. */
    shrink: { type: 'string', default: '3' },
  },
});
const wanted = Number(values.programs);
const firstSeed = Number(values.seed);
const level = values.level === 'review' ? 'review' : 'safe';
const about = FEATURES.find((one) => one === values.about);
const found = await builtIn('sync-to-async');
if (found === undefined) throw new TypeError('There is nothing to run.');
const transform = level === 'safe' ? found : withoutSeenAlone(found);
const rewrites = new Rewrites();
const kinds = new Tally();
let differing = 0;

function show({ before, after, difference, program }: Diverging, seed: number): void {
  const { about: what, input } = difference;
  console.log(`\n=== ${what} differs; seed ${seed}; ${[...program.features].join(', ')}; input: ${input}`);
  console.log(`before: ${difference.before}\nafter:  ${difference.after}`);
  for (const [path, text] of before) {
    if (text.trim() !== '') console.log(`--- ${path}\n${text}`);
    if (after.get(path) !== text) console.log(`--- ${path} after\n${after.get(path) ?? ''}`);
  }
}

for (let done = 0; done < wanted; done += BATCH) {
  const seed = firstSeed + done / BATCH;
  const inspected = await inspectAll(
    somePrograms(Math.min(BATCH, wanted - done), seed, { about }),
    transform,
    level,
  );
  for (const one of inspected) {
    rewrites.add(one);
    for (const failure of one.failures) console.log(`not inspected: seed ${seed}: ${failure}`);
  }
  for (const one of await divergingAmong(inspected, seed)) {
    differing++;
    kinds.add(one.difference.about);
    if (kinds.of(one.difference.about) <= Number(values.shrink))
      show(await shrunk(one, transform, seed), seed);
  }
  console.error(`${done + inspected.length} programs, ${rewrites.changed} changed, ${differing} differ`);
}

console.log(`\n${wanted} programs from seed ${firstSeed}, ${rewrites.changed} changed, ${differing} differ`);
for (const tally of [
  kinds,
  rewrites.levels,
  rewrites.kinds,
  rewrites.uses,
  rewrites.widths,
  rewrites.reasons,
]) {
  console.log('');
  for (const one of tally.lines()) console.log(one);
}
process.exitCode = differing === 0 ? 0 : 1;
