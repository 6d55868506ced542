import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compare } from '../scripts/demo.ts';
import { copyShop, NAMED, rewrite, testsOf, type Hasten } from '../scripts/demo/copies.ts';
import { REQUESTS_OF_A_VISIT, visitTogether, type Cost } from '../scripts/demo/load.ts';
import { endpointTable, hunkTable, loadTable, percentile, type Measured } from '../scripts/demo/report.ts';
import { VISIT } from '../scripts/demo/visits.ts';
import { openWorkshop, type Workshop } from '../scripts/demo/workshop.ts';
import { CATALOG } from '../src/run/catalog.ts';

const root = join(import.meta.dirname, '..');
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
/** hasten as it is in the sources, so that nothing has to be built before. */
const HASTEN: Hasten = [process.execPath, '--import', tsx, join(root, 'src/cli/main.ts')];

/** Two servers are started and a program of the whole shop is made: that takes its time on a busy machine. */
const TIME = 180_000;

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop('hasten-demo-test');
});
afterEach(() => workshop.close());

/** Whether a process is there, and not only waiting to be reaped. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' && !existsSync('/proc/self');
  }
}

describe('what is asked of the shop', () => {
  it('is each of its endpoints', () => {
    const folder = join(root, 'examples/shop/src/routes');
    const app = readFileSync(join(folder, '../app.ts'), 'utf8');
    const mounts = new Map(
      [...app.matchAll(/app\.use\('([^']*)', (\w+)\)/g)].map(([, at, name]) => [name, at]),
    );
    const endpoints = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/(\w+Router)\.(get|post)\('([^']*)'/g)].map(
        ([, router, method = '', path]) => {
          const whole = `${mounts.get(router)}${path}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
          return `${method.toUpperCase()} ${whole}`;
        },
      ),
    );
    expect(endpoints.length).toBeGreaterThan(20);
    expect(new Set(VISIT.map(({ endpoint }) => endpoint))).toEqual(new Set(endpoints));
  });

  it('must be answered with the right status', async () => {
    const server: Server = createServer((_request, response) => response.writeHead(418).end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      await expect(visitTogether({ url: `http://127.0.0.1:${port}` }, 1)).rejects.toThrow(
        /was answered with 418, not 20\d/,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('must be answered at all', async () => {
    const server: Server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    await expect(visitTogether({ url: `http://127.0.0.1:${port}` }, 1)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a workshop', () => {
  it('ends what runs in it, and what that started, and removes its folder', async () => {
    const file = join(workshop.folder, 'pids');
    const inner = `setInterval(() => {}, 1000)`;
    const outer = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}]);
      require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + pid);
      ${inner}`;
    workshop.start(process.execPath, ['-e', outer], { cwd: workshop.folder, stdio: 'ignore' });
    await expect
      .poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 })
      .toMatch(/\d \d/);
    const pids = readFileSync(file, 'utf8').split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);

    workshop.close();
    await expect.poll(() => pids.map(isAlive), { timeout: 20_000 }).toEqual([false, false]);
    expect(existsSync(workshop.folder)).toBe(false);
    workshop.close();
  });

  it('tells what a process printed and how it ended', async () => {
    const words = ['-e', 'console.log(process.env.A); console.error("b"); process.exitCode = 3'];
    expect(await workshop.run(process.execPath, words, { cwd: workshop.folder, env: { A: 'a' } })).toEqual({
      code: 3,
      stdout: 'a\n',
      stderr: 'b\n',
    });
    await expect(workshop.run('no-such-command', [], { cwd: workshop.folder })).rejects.toThrow('ENOENT');
  });
});

it.each([
  ['assert.equal(1, 1)', { hasPassed: true, passed: 2 }],
  ['assert.equal(1, 2)', { hasPassed: false, passed: 1 }],
])('the tests of a copy: %s', async (check, expected) => {
  const copy = join(workshop.folder, 'copy');
  mkdirSync(copy);
  writeFileSync(join(copy, 'package.json'), '{ "scripts": { "test": "node --test" } }');
  writeFileSync(
    join(copy, 'a.test.mjs'),
    `import assert from 'node:assert';
import { it } from 'node:test';
it('is fine', () => {});
it('is looked at', () => ${check});
`,
  );
  expect(await testsOf(copy, workshop)).toMatchObject(expected);
});

/** How many statements an endpoint sent, request by request. */
const queries = ({ costs }: Measured, endpoint: string): number[] =>
  costs.filter((one) => one.endpoint === endpoint).map(({ statements }) => statements);

it(
  'rewrites the shop and measures both under the same load',
  async () => {
    const copies = await copyShop(workshop);
    const hunks = await rewrite(copies.after, workshop, HASTEN);
    expect([...hunks.keys()]).toEqual(NAMED.filter((id) => id in CATALOG));
    expect(hunks.get('query-in-loop-to-include')).toBeGreaterThan(0);

    const { before, after } = await compare(copies, workshop, { rounds: 1, visits: 1, alone: 1 }, () => {});
    // The orders; of each of the six its items; the customers of five.
    expect(queries(before, 'GET /orders')).toEqual([1 + 6 + 5]);
    expect(queries(after, 'GET /orders')).toEqual([1 + 1 + 1]);
    // Transaction, order, two lines of three statements, total, commit; and the customer before.
    expect(queries(before, 'POST /orders')).toEqual([1 + 1 + 1 + 2 * 3 + 1 + 1]);
    expect(queries(before, 'GET /products')).toEqual([1]);
    expect(queries(before, 'GET /version')).toEqual([0]);
    expect(before.costs.map(({ endpoint }) => endpoint)).toEqual(VISIT.map(({ endpoint }) => endpoint));

    for (const { rounds } of [before, after]) {
      expect(rounds).toHaveLength(1);
      for (const { load, reading } of rounds) {
        expect([...load.latencies.values()].flat()).toHaveLength(REQUESTS_OF_A_VISIT);
        expect(load.seconds).toBeGreaterThan(0);
        // A password is hashed in one go.
        expect(reading.delayP99).toBeGreaterThan(1);
      }
    }
    expect(after.rounds[0]?.reading.statements).toBeLessThan(before.rounds[0]?.reading.statements ?? 0);
  },
  TIME,
);

const cost = (endpoint: string, milliseconds: number, statements: number): Cost => ({
  endpoint,
  milliseconds,
  statements,
});

describe('what is told', () => {
  const before: Measured = {
    rounds: [
      {
        load: {
          seconds: 1,
          latencies: new Map([
            ['GET /a', [10, 20]],
            ['GET /b', [30, 200]],
          ]),
        },
        reading: { statements: 20, delayP50: 0.2, delayP99: 40 },
      },
      {
        load: { seconds: 3, latencies: new Map([['GET /a', [12.34]]]) },
        reading: { statements: 5, delayP50: 0.3, delayP99: 50 },
      },
    ],
    costs: [cost('GET /a', 8, 3), cost('GET /b', 1.234, 0), cost('GET /a', 10, 3), cost('GET /a', 90, 4)],
  };
  const after: Measured = {
    rounds: [
      {
        load: { seconds: 2, latencies: new Map([['GET /a', [5, 6, 7, 8, 100]]]) },
        reading: { statements: 10, delayP50: 0.4, delayP99: 9 },
      },
    ],
    costs: [cost('GET /a', 2, 1), cost('GET /b', 1.5, 0)],
  };

  it('is taken from all rounds of a load', () => {
    expect(loadTable({ before, after })).toBe(`\
| under load               | before | after | change |
| ------------------------ | -----: | ----: | -----: |
| requests a second        |   1.25 |  2.50 |  +100% |
| latency p50, ms          |     20 |     7 |   −65% |
| latency p95, ms          |    200 |   100 |   −50% |
| queries a request        |      5 |     2 |   −60% |
| event-loop delay p50, ms |      0 |     0 |        |
| event-loop delay p99, ms |     45 |     9 |   −80% |
`);
  });

  it('is the median for each endpoint', () => {
    expect(endpointTable({ before, after })).toBe(`\
| one request alone | p50 before, ms | after | queries before | after |
| ----------------- | -------------: | ----: | -------------: | ----: |
| GET /a            |             10 |     2 |              3 |     1 |
| GET /b            |           1.23 |  1.50 |              0 |     0 |
`);
  });

  it('is how many hunks there are', () => {
    expect(hunkTable(new Map([['a-to-b', 12]]))).toBe(`\
| transform | hunks applied |
| --------- | ------------: |
| \`a-to-b\`  |            12 |
`);
  });

  it.each([
    [[3, 1, 2], 50, 2],
    [[3, 1, 2], 99, 3],
    [[1, 2, 3, 4], 50, 2],
    [[1, 2, 3, 4], 0, 1],
    [[], 50, Number.NaN],
  ])('is of %j at %d percent %d', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });
});

describe('npm run demo', () => {
  it('does not begin with options that make no sense', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    try {
      const words = ['--import', tsx, join(root, 'scripts/demo.ts'), '--rounds', 'none'];
      const child = spawn(process.execPath, words, { env: { ...process.env, TMPDIR: folder } });
      let told = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
      expect(told).toBe('--rounds is a number from 1 to 9999.\n');
      expect(readdirSync(folder).filter((name) => name.startsWith('hasten-demo'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
