/**
 * Runs many random programs before and after what the transforms call safe, and tells each difference with the smallest
 * program that shows it: `npx tsx __tests__/random-programs/long.ts --programs 20000 --seed 1`.
 */
import { parseArgs } from 'node:util';
import { divergingAmong, inspectAll, type Diverging } from './batch.ts';
import { somePrograms } from './generator.ts';
import { SHARED_FILES } from './program.ts';
import { shrunk } from './shrinking.ts';
import { subjects } from './subjects.ts';
import { Counts, Tally } from './tally.ts';

const BATCH = 250;
const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    /** Differences of each kind that are shrunk; the others are only counted. */
    shrink: { type: 'string', default: '3' },
    /** Calls of each program that are made to fail, one at a time. */
    failures: { type: 'string', default: '8' },
  },
});
const wanted = Number(values.programs);
const firstSeed = Number(values.seed);
const transforms = await subjects();
const counts = new Counts();
const differences: Diverging[] = [];
const kinds = new Tally();
let changed = 0;

function show({ before, after, divergence, isChanged }: Diverging): void {
  const { about, schedule, failing } = divergence;
  console.log(`\n=== ${about} differs; schedule: ${schedule}; failing: ${failing ?? 'none'}`);
  console.log(`    before: ${divergence.before}\n    after:  ${divergence.after}`);
  if (!isChanged) return;
  for (const [path, text] of before) {
    if (!SHARED_FILES.includes(path) && text.trim() !== '') console.log(`--- ${path}\n${text}`);
    if (after.get(path) !== text) console.log(`--- ${path} after\n${after.get(path) ?? ''}`);
  }
}

for (let done = 0; done < wanted; done += BATCH) {
  const seed = firstSeed + done / BATCH;
  const inspected = await inspectAll(somePrograms(Math.min(BATCH, wanted - done), seed), transforms);
  for (const { findings, failures } of inspected) {
    for (const one of findings) counts.add(one);
    for (const failure of failures) console.log(`not inspected: ${failure}`);
  }
  changed += inspected.filter(({ isChanged }) => isChanged).length;
  const found = await divergingAmong(inspected, seed, { mostFailures: Number(values.failures) });
  for (const one of found) {
    differences.push(one);
    const kind = `${one.divergence.about}, ${one.divergence.failing === undefined ? 'without a failure' : 'with a failure'}`;
    kinds.add(kind);
    if (kinds.of(kind) <= Number(values.shrink)) show(await shrunk(one, transforms, seed));
  }
  console.error(
    `${Math.min(done + BATCH, wanted)} programs, ${changed} changed, ${differences.length} differ`,
  );
}

console.log(`\n${wanted} programs from seed ${firstSeed}, ${changed} changed, ${differences.length} differ`);
for (const one of kinds.lines()) console.log(one);
console.log('\nProposals by transform and level:');
for (const one of counts.levels.lines()) console.log(one);
console.log('\nWhat the evidence says:');
for (const one of counts.obligations.lines()) console.log(one);
process.exitCode = differences.length === 0 ? 0 : 1;
