/** A shop's server in a process of its own, with the probe in it. */
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Question, Reading } from './probe.ts';
import type { Workshop } from './workshop.ts';

const PROBE = join(import.meta.dirname, 'probe.ts');
const START_MS = 30_000;

/** A server that answers. */
export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  /** Puts its rows and files back to how they were at the start. */
  reset(): Promise<void>;
  /** Begins to count and to watch anew. */
  watch(): Promise<void>;
  /** What it did since `watch`. */
  reading(): Promise<Reading>;
}

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

function isReading(value: unknown): value is Reading {
  return typeof value === 'object' && value !== null && 'statements' in value;
}

/** The end of a log, where there is one. */
const endOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').slice(-2000) : '');

/** Starts the shop in `copy`, with what it writes beside it, and waits until it answers. */
export async function startServer(copy: string, workshop: Workshop): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const files = `${copy}-files`;
  const log = `${copy}.log`;
  const output = openSync(log, 'a');
  const child = workshop.start(process.execPath, ['--import', 'tsx', '--import', PROBE, 'src/server.ts'], {
    cwd: copy,
    env: { HOST: '127.0.0.1', PORT: String(port), SHOP_FILES_DIR: files, LOG_LEVEL: 'info' },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);

  let ended = false;
  child.once('exit', () => (ended = true));
  const failure = (what: string): Error => new Error(`The server of ${copy} ${what}.\n${endOf(log)}`);

  const ask = (question: Question): Promise<Reading> =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(failure('ended'));
      child.once('exit', gone);
      child.once('message', (reply: unknown) => {
        child.off('exit', gone);
        if (isReading(reply)) resolve(reply);
        else reject(failure(`cannot ${question}: ${JSON.stringify(reply)}`));
      });
      child.send(question, (error) => error !== null && reject(error));
    });

  const isUp = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/health`)).ok;
    } catch {
      return false;
    }
  };
  for (const from = performance.now(); !(await isUp()); await wait(50)) {
    if (ended) throw failure('ended');
    if (performance.now() - from > START_MS) throw failure('does not answer');
  }
  return {
    url,
    reset: async () => {
      rmSync(files, { recursive: true, force: true });
      await ask('seed');
    },
    watch: async () => void (await ask('watch')),
    reading: () => ask('tell'),
  };
}
