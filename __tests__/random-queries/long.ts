/**
 * Runs many random programs that query in loops on PostgreSQL, before and after what the transform calls safe, and tells each
 * difference with the smallest program that shows it:
 * `npx tsx __tests__/random-queries/long.ts --programs 2000 --seed 1 --libraries prisma,knex`.
 */
import { parseArgs } from 'node:util';
import { builtIn } from '../../src/run/catalog.ts';
import { createDatabases } from '../databases/cases.ts';
import { Tally } from '../random-programs/tally.ts';
import { divergingAmong, inspectAll, type Diverging } from './batch.ts';
import { somePrograms } from './generator.ts';
import { LIBRARIES } from './libraries.ts';
import { kindOf, shrunk } from './shrinking.ts';
import { Rewrites } from './tally.ts';

const BATCH = 50;
const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    /** Names of libraries, with commas between them; all unless told. */
    libraries: { type: 'string', default: LIBRARIES.map(({ orm }) => orm).join() },
    /** Differences of each kind and library that are shrunk; the others are only counted. */
    shrink: { type: 'string', default: '3' },
  },
});
const wanted = Number(values.programs);
const firstSeed = Number(values.seed);
const libraries = LIBRARIES.filter(({ orm }) => values.libraries.split(',').includes(orm));
const transform = await builtIn('query-in-loop-to-include');
if (transform === undefined || libraries.length === 0) throw new TypeError('There is nothing to run.');
const databases = createDatabases();
const rewrites = new Rewrites();
const differences: Diverging[] = [];
const kinds = new Tally();

function show({ before, after, difference, program }: Diverging, seed: number): void {
  console.log(`\n=== ${program.library.orm}, seed ${seed}, chunk ${program.chunk}: ${difference}`);
  for (const [path, text] of before) {
    if (path === 'package.json' || text.trim() === '') continue;
    console.log(`--- ${path}\n${text}`);
    if (after.get(path) !== text) console.log(`--- ${path} after\n${after.get(path) ?? ''}`);
  }
}

let done = 0;
for (let round = 0; done < wanted; round++) {
  const library = libraries[round % libraries.length];
  if (library === undefined) break;
  const seed = firstSeed + Math.floor(round / libraries.length);
  const inspected = await inspectAll(somePrograms(Math.min(BATCH, wanted - done), seed, library), transform);
  for (const one of inspected) {
    rewrites.add(one);
    for (const failure of one.failures) {
      console.log(
        `not inspected: ${library.orm}, seed ${seed}: ${failure}\n${one.before.get('main.ts') ?? ''}`,
      );
    }
  }
  for (const one of await divergingAmong(inspected, databases)) {
    differences.push(one);
    const kind = `${library.orm}: ${kindOf(one.difference)}`;
    kinds.add(kind);
    if (kinds.of(kind) <= Number(values.shrink)) show(await shrunk(one, transform, databases), seed);
  }
  done += inspected.length;
  console.error(`${done} programs, ${rewrites.changed} changed, ${differences.length} differ`);
}

await databases.close();
console.log(
  `\n${done} programs from seed ${firstSeed}, ${rewrites.changed} changed, ${differences.length} differ`,
);
for (const one of kinds.lines()) console.log(one);
console.log('\nProposals by library and level:');
for (const one of rewrites.levels.lines()) console.log(one);
console.log('\nWhat was safe became:');
for (const one of rewrites.kinds.lines()) console.log(one);
process.exitCode = differences.length === 0 ? 0 : 1;
