import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach } from 'node:test';

// The shop reads these while it is being imported, so they come first, and the imports below are dynamic.
const filesDir = await mkdtemp(join(tmpdir(), 'shop-'));
process.env.SHOP_FILES_DIR = filesDir;
process.env.LOG_LEVEL = 'silent';

const { createApp } = await import('../../src/app.js');
const { startDatabase, stopDatabase } = await import('../../src/db.js');
const { seed } = await import('../../src/seed.js');

/** What JSON holds at a key. The tests compare it, so they need not know more. */
interface Json {
  readonly [key: string]: Json;
}

interface Answer {
  status: number;
  type: string;
  text: string;
  /** The body, parsed. Empty where it is not JSON. */
  json: Json;
}

interface Shop {
  filesDir: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** The text of a file that the shop wrote. */
  file(path: string): Promise<string>;
  /** Puts a plain file where the shop wants a folder, so that writing there fails. */
  block(folder: string): Promise<void>;
  /** All rows and files as they were at the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text, json: type.includes('json') ? JSON.parse(text) : {} };
}

/** Starts the shop on a free port, on a database of its own. Starting takes seconds, so all suites share one. */
async function startShop(): Promise<Shop> {
  await startDatabase();
  const server = createApp().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    filesDir,
    get: async (path, headers = {}) => answerOf(await fetch(url + path, { headers })),
    post: async (path, body) =>
      answerOf(
        await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    file: (path) => readFile(join(filesDir, path), 'utf8'),
    block: (folder) => writeFile(join(filesDir, folder), ''),
    reset: async () => {
      for (const folder of ['outbox', 'exports', 'invoices']) {
        await rm(join(filesDir, folder), { recursive: true, force: true });
      }
      await seed();
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await stopDatabase();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

/** One field of each row of an answer. */
export function column(rows: Json, field: string): Json[] {
  return Object.values(rows).map((row) => row[field]);
}

export const shop = await startShop();
beforeEach(() => shop.reset());
after(() => shop.close());
