import { setTimeout as after } from 'node:timers/promises';
import { campaignStatus, type CampaignStatus } from '../../campaign/status.ts';
import { statusJson } from '../../campaign/reports/json.ts';
import { statusTable } from '../../campaign/reports/table.ts';
import { readRecord } from '../../campaign/state/kept.ts';
import { RememberedOutcomes } from '../../campaign/state/remembered.ts';
import { colorsFor } from '../colors.ts';
import type { StatusArguments } from '../commands/batch.ts';
import { interruptible } from '../interruptible.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { UsageError } from '../../errors.ts';
import { findState } from './find-state.ts';

const USUAL_WIDTH = 110;

/** Prints where the campaign stands that is kept in `state`. */
export async function printStatus(
  state: string,
  typed: { readonly format: string; readonly color?: boolean | undefined },
  surroundings: Surroundings,
): Promise<CampaignStatus | undefined> {
  const { env, stdout } = surroundings;
  const record = await readRecord(state);
  if (record === undefined) return undefined;
  const status = await campaignStatus(state, record);
  if (typed.format === 'json') send(stdout, [`${JSON.stringify(statusJson(status))}\n`]);
  else
    send(
      stdout,
      statusTable(status, {
        width: stdout.columns ?? USUAL_WIDTH,
        colors: colorsFor(stdout, env, typed.color),
      }),
    );
  return status;
}

/** Milliseconds after which a status is shown anew. */
const SHOWN_AGAIN_AFTER = 1000;

/** Shows the status on the whole terminal, again and again, until the coordinator is done or somebody stops it. */
async function watch(state: string, typed: StatusArguments, surroundings: Surroundings): Promise<void> {
  const { stdout, stderr, env } = surroundings;
  const colors = colorsFor(stdout, env, typed.color);
  const outcomes = new RememberedOutcomes(state);
  await interruptible(
    { ...stderr, write: () => undefined },
    async (signal) => {
      while (!signal.aborted) {
        const record = await readRecord(state);
        if (record === undefined) return;
        const status = await campaignStatus(state, record, outcomes);
        // Some terminals say that they have no rows or columns.
        const { rows, columns } = stdout;
        const size = { width: columns || USUAL_WIDTH, ...(rows ? { rows } : {}) };
        const text = [...statusTable(status, { ...size, colors })].join('').trimEnd();
        stdout.write(`\u001b[H\u001b[2J${text}`);
        if (!status.isRunning) return;
        await after(SHOWN_AGAIN_AFTER, undefined, { signal }).catch(() => undefined);
      }
    },
    '',
  );
  stdout.write('\n');
}

/** `hasten batch status`. */
export async function showStatus(typed: StatusArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, stdout } = surroundings;
  if (typed.web && (typed.watch || typed.format === 'json'))
    throw new UsageError('--web shows a page of its own, and goes neither with --watch nor with a format.');
  if (typed.watch && (stdout.isTTY !== true || typed.format === 'json'))
    throw new UsageError('--watch needs a terminal, and goes with no other format.');
  const found = await findState(typed.campaign, typed.dryRun, cwd);
  if (typed.web) {
    const { showStatusInBrowser } = await import('./status-in-browser.ts');
    await showStatusInBrowser(found, typed.open, surroundings);
  } else if (typed.watch) await watch(found.state, typed, surroundings);
  else await printStatus(found.state, typed, surroundings);
  return 0;
}
