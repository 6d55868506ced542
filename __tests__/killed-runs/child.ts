/**
 * A process that writes, undoes or finishes a run, to be killed. It reads one order from its input, says `began` when it
 * begins, and when it is done how many milliseconds that took and how many operations it counted.
 */
import { once } from 'node:events';
import { resume } from '../../src/run/journal/resume.ts';
import { readRuns } from '../../src/run/journal/runs.ts';
import { undo } from '../../src/run/journal/undo.ts';
import { write } from '../../src/run/write.ts';
import { countOperations } from './operations.ts';
import { changesIn, requestFor } from './project.ts';

/** What the process is to do. */
export interface Order {
  readonly action: 'write' | 'undo' | 'resume';
  readonly root: string;
  /** How many files the project has. */
  readonly size: number;
  /** The operation on the disk at which it kills itself; no operation is counted unless told. */
  readonly killAt?: number;
  readonly isTorn?: boolean;
}

/** Tells how many milliseconds it took. */
async function carryOut({ action, root, size }: Order): Promise<number> {
  const changes = action === 'write' ? changesIn(root, size) : [];
  process.stdout.write('began\n');
  const started = performance.now();
  if (action === 'write') await write({ changes }, requestFor(root));
  else if (action === 'resume') await resume(root);
  else await undo(root, (await readRuns(root)).runs.at(-1)?.record.id ?? '');
  return performance.now() - started;
}

const [line] = (await once(process.stdin, 'data')) as [Buffer];
const order = JSON.parse(line.toString()) as Order;
const operations =
  order.killAt === undefined
    ? undefined
    : countOperations(order.killAt, order.isTorn === true, () => {
        process.kill(process.pid, 'SIGKILL');
        return new Promise(() => undefined);
      });
const took = await carryOut(order);
process.stdout.write(`done ${Math.round(took)} ${operations?.count ?? 0}\n`);
process.stdin.destroy();
