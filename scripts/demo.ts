/**
 * `npm run demo`: what hasten brings. Copies examples/shop, applies what is safe, runs the shop's tests on both, puts both under
 * the same load in turns, and prints what was measured side by side. Leaves nothing behind.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUILT, copyShop, rewrite, testsOf, type Copies } from './demo/copies.ts';
import { CONNECTIONS, REQUESTS_OF_A_VISIT, visitAlone, visitTogether, type Cost } from './demo/load.ts';
import { endpointTable, hunkTable, loadTable, type Comparison, type Round } from './demo/report.ts';
import { startServer, type Server } from './demo/server.ts';
import { openWorkshop, type Workshop } from './demo/workshop.ts';

const SIDES = ['before', 'after'] as const;

/** How long to measure. */
export interface Effort {
  /** How often each shop is measured. */
  readonly rounds: number;
  /** How often everybody visits in a round, so that the shop is asked the same on every machine. */
  readonly visits: number;
  /** How often each endpoint is asked alone. */
  readonly alone: number;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Whether the tests of both copies pass; says so, and what was printed where they do not. */
async function passTests(copies: Copies, workshop: Workshop): Promise<boolean> {
  const runs = await Promise.all(
    SIDES.map(async (side) => ({ side, run: await testsOf(copies[side], workshop) })),
  );
  for (const { side, run } of runs) {
    if (run.hasPassed) say(`  ${side}: ${run.passed} tests pass`);
    else say(`  ${side}: the tests fail\n${run.printed}`);
  }
  return runs.every(({ run }) => run.hasPassed);
}

/** The load of one round on a server with the rows and files of the start. */
async function measure(server: Server, visits: number): Promise<Round> {
  await server.reset();
  await server.watch();
  const load = await visitTogether(server, visits);
  return { load, reading: await server.reading() };
}

/** One visitor at a server with the rows and files of the start. */
async function costsOf(server: Server): Promise<Cost[]> {
  await server.reset();
  return visitAlone(server);
}

/**
 * Starts both shops and measures them in turns, so that what else goes on in the machine hits both.
 * @param tell is called with a line on what comes next.
 */
export async function compare(
  copies: Copies,
  workshop: Workshop,
  { rounds, visits, alone }: Effort,
  tell: (line: string) => void,
): Promise<Comparison> {
  const [before, after] = await Promise.all([
    startServer(copies.before, workshop),
    startServer(copies.after, workshop),
  ]);
  // Code that has not run often is slow, whatever it does.
  for (const server of [before, after]) await measure(server, visits);
  tell(`  ${visits * REQUESTS_OF_A_VISIT} requests over ${CONNECTIONS} connections, ${rounds} times each`);
  const inRounds: { readonly before: Round[]; readonly after: Round[] } = { before: [], after: [] };
  for (let round = 1; round <= rounds; round++) {
    inRounds.before.push(await measure(before, visits));
    inRounds.after.push(await measure(after, visits));
  }
  tell(`  each endpoint alone, ${alone} times each`);
  const costs: { readonly before: Cost[]; readonly after: Cost[] } = { before: [], after: [] };
  for (let visit = 1; visit <= alone; visit++) {
    costs.before.push(...(await costsOf(before)));
    costs.after.push(...(await costsOf(after)));
  }
  return {
    before: { rounds: inRounds.before, costs: costs.before },
    after: { rounds: inRounds.after, costs: costs.after },
  };
}

async function demo(workshop: Workshop, effort: Effort): Promise<number> {
  const copies = await copyShop(workshop);
  say('Rewriting a copy of examples/shop …');
  const hunks = await rewrite(copies.after, workshop, BUILT);
  say('Testing both …');
  if (!(await passTests(copies, workshop))) return 1;
  say('Measuring both in turns …');
  const comparison = await compare(copies, workshop, effort, say);
  const tables = [hunkTable(hunks), loadTable(comparison), endpointTable(comparison)];
  process.stdout.write(`\n${tables.join('\n')}\nNode ${process.version}, ${availableParallelism()} cores.\n`);
  return 0;
}

/** The value of an option that counts something. */
function countOf(name: string, value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new Error(`--${name} is a number from 1 to 9999.`);
  return Number(value);
}

function effortOf(words: readonly string[]): Effort {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: 'string', default: '4' },
      visits: { type: 'string', default: '3' },
      alone: { type: 'string', default: '9' },
    },
  });
  return {
    rounds: countOf('rounds', values.rounds),
    visits: countOf('visits', values.visits),
    alone: countOf('alone', values.alone),
  };
}

async function main(words: readonly string[]): Promise<number> {
  const effort = effortOf(words);
  const workshop = openWorkshop('hasten-demo');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      workshop.close();
      process.exit(130);
    });
  try {
    return await demo(workshop, effort);
  } finally {
    workshop.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
