import type { Case } from './cases.ts';
import type { Corpus } from './corpora/corpus.ts';
import type { Entry, Told } from './entry.ts';
import { run, type Ran } from './measure.ts';
import type { Result } from './results.ts';
import type { Cost } from './statistics.ts';

/** How to measure. */
export interface Effort {
  readonly runs: number;
  /** Seconds after which a command is stopped. */
  readonly limit: number;
  /** A folder for what the commands print. */
  readonly scratch: string;
  /** Is told what comes next. */
  readonly say: (text: string) => void;
}

interface Going {
  readonly entry: Entry;
  readonly costs: Cost[];
  told: Told;
  trouble?: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stoppedAt = (limit: number, { memory }: Ran): string =>
  `stopped after ${limit} s${memory === undefined ? '' : `, in ${Math.round(memory)} MiB`}`;

/** One run of an entry, with what comes before and after it. */
async function runOnce(going: Going, corpus: Corpus, round: number, effort: Effort): Promise<void> {
  const { entry } = going;
  const { limit, scratch, say } = effort;
  try {
    await entry.before?.(corpus, round);
    const ran = await run(entry.command(corpus), limit, scratch);
    if (ran.code === undefined) going.trouble = stoppedAt(limit, ran);
    else if (!(entry.codes ?? [0]).includes(ran.code)) {
      going.trouble = `ended with ${ran.code}`;
      say(ran.stderr.slice(-2000));
    } else {
      going.costs.push({ wall: ran.wall, cpu: ran.cpu, memory: ran.memory });
      going.told = entry.told?.(ran) ?? {};
      say(`    ${entry.label}: ${ran.wall.toFixed(2)} s, of the processor ${ran.cpu.toFixed(2)} s`);
    }
  } catch (error) {
    going.trouble = messageOf(error);
  } finally {
    entry.after?.(corpus);
  }
  if (going.trouble !== undefined) say(`    ${entry.label}: ${going.trouble}`);
}

/**
 * Measures all entries of a case on a corpus. They take turns, so that a machine which gets busy slows all of them; who did not end is
 * not asked again. The files were all read before the first round, so none has to wait for the disk.
 */
export async function measureCase(
  { id, entries }: Case,
  corpus: Corpus,
  effort: Effort,
): Promise<readonly Result[]> {
  const all: Going[] = entries.map((entry) => ({ entry, costs: [], told: {} }));
  for (let round = 1; round <= effort.runs; round++) {
    effort.say(`  round ${round} of ${effort.runs}`);
    for (const going of all) if (going.trouble === undefined) await runOnce(going, corpus, round, effort);
  }
  return all.map(({ entry, costs, told, trouble }) => ({
    corpus: corpus.name,
    caseId: id,
    entryId: entry.id,
    label: entry.label,
    costs,
    ...told,
    ...(trouble === undefined ? {} : { trouble }),
  }));
}
