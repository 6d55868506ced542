import { Redis } from 'ioredis';
import { messageOf } from '../../run/whole-file.ts';
import type { QueueAddress } from './address.ts';
import { QueueError } from './queue-error.ts';

/** Milliseconds until a connection that was lost is tried again: more each time, up to the last. */
const TRIED_AGAIN_AFTER = 200;
const TRIED_AGAIN_AFTER_AT_MOST = 5000;
/** Milliseconds that one try may take. */
const TIME_LIMIT = 10_000;

/** A connection to a Redis. */
export interface Connection {
  readonly redis: Redis;
  /** Ends it, and all that were made from it; none of them comes back. */
  readonly close: () => void;
}

/**
 * Connects to a Redis. A connection that is lost later comes back by itself: what is asked meanwhile waits.
 * @param say takes that it is lost, and that it is back.
 * @throws {QueueError} where it cannot be reached now, or does not let us in.
 */
export async function connect(
  { url, shown }: QueueAddress,
  say: (text: string) => void,
): Promise<Connection> {
  let comesBack = false;
  let isLost = false;
  let failure: Error | undefined;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIME_LIMIT,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) =>
      comesBack ? Math.min(tries * TRIED_AGAIN_AFTER, TRIED_AGAIN_AFTER_AT_MOST) : null,
  });
  redis.on('error', (error: Error) => (failure = error));
  // Not at `close`: it may be we who are done with it.
  redis.on('reconnecting', () => {
    if (!isLost) say(`The connection to ${shown} is lost; it is tried again.`);
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) say(`The connection to ${shown} is back.`);
    isLost = false;
  });
  try {
    await redis.connect();
    // Where it wants a password, it tells so only when it is asked for something.
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw new QueueError(`${shown} cannot be reached: ${messageOf(failure ?? error)}`);
  }
  comesBack = true;
  const close = (): void => {
    comesBack = false;
    redis.disconnect();
  };
  return { redis, close };
}
