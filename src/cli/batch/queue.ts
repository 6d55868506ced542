import type { QueueAddress } from '../../campaign/queue/address.ts';
import type { Surroundings } from '../surroundings.ts';
import { UsageError } from '../../errors.ts';

/** What holds the password of a queue, so that it need not stand in a command line, which others can list. */
const PASSWORD = 'HASTEN_REDIS_PASSWORD';

/** The queue that was typed. */
export async function queueAddress(typed: string, env: Surroundings['env']): Promise<QueueAddress> {
  const { addressOf } = await import('../../campaign/queue/address.ts');
  const password = env[PASSWORD];
  // What is started for a job need not have it.
  delete process.env[PASSWORD];
  try {
    return addressOf(typed, password);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`${error.message}.`, { cause: error });
  }
}

/** How `act` ends; a queue that cannot be reached is told, and undefined. */
export async function orQueueTrouble<T>(
  stderr: Surroundings['stderr'],
  act: () => Promise<T>,
): Promise<T | undefined> {
  const { QueueError } = await import('../../campaign/queue/queue-error.ts');
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    stderr.write(`hasten: ${error.message}\n`);
    return undefined;
  }
}
