import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorker } from '../src/api/start-worker.ts';
import { allBuiltIn } from '../src/run/catalog.ts';
import type { StartWorker } from '../src/run/inspect-pool.ts';
import { plan, type Plan, type RunRequest } from '../src/run/plan.ts';

const transforms = (await allBuiltIn()).map((transform) => ({
  transform,
  options: transform.defaults ?? {},
  load: () => Promise.resolve(transform),
}));

let folder = '';

/** More code than one thread should look at, with something to find and to rewrite in each file, in three packages. */
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-pool-')));
  const filler = `/*\n${`${'-'.repeat(100)}\n`.repeat(300)}*/\n`;
  for (const one of ['a', 'b', 'c']) {
    mkdirSync(join(folder, one));
    const manifest = { name: one, private: true, dependencies: { express: '4', pino: '9' } };
    writeFileSync(join(folder, one, 'package.json'), JSON.stringify(manifest));
    for (let at = 0; at < 20; at++) {
      const text = `import { readFileSync } from 'node:fs';\nimport pino from 'pino';\n${filler}
export async function work(name) {
  console.log('at work');
  await one(name);
  await two(name);
  for (const each of name) await one(each);
  return readFileSync('${at}');
}\n`;
      writeFileSync(join(folder, one, `${at}.js`), text);
    }
  }
  writeFileSync(join(folder, 'a', 'broken.js'), 'console.log( await await');
});
afterAll(() => rmSync(folder, { recursive: true }));

const planned = (request: Partial<RunRequest> = {}): Promise<Plan> =>
  plan({ cwd: folder, paths: ['.'], transforms, level: 'review', types: false, ...request });

/** What a run came to, as plain data. */
const outcome = ({ findings, failures, changes, files }: Plan): unknown => ({
  findings,
  failures: failures.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  changes,
  files,
});

/** Counts the workers that are started. */
function counted(start: StartWorker): { readonly start: StartWorker; readonly count: () => number } {
  let count = 0;
  return {
    start: (task) => {
      count++;
      return start(task);
    },
    count: () => count,
  };
}

describe.skipIf(availableParallelism() < 2)('worker threads that inspect files', () => {
  it('find what one thread finds', async () => {
    const { start, count } = counted(startWorker);
    const inWorkers = await planned({ startWorker: start });
    expect(count()).toBeGreaterThan(1);
    const alone = await planned();
    expect(alone.findings.length).toBeGreaterThan(200);
    expect(outcome(inWorkers)).toEqual(outcome(alone));
  });

  it('leave to this thread what they had when they died', async () => {
    const dying = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => process.exit(1));`;
    const { start, count } = counted(() => new Worker(dying, { eval: true }));
    expect(outcome(await planned({ startWorker: start }))).toEqual(outcome(await planned()));
    expect(count()).toBeGreaterThan(1);
  });

  it('stop with the run', async () => {
    const endless = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { for (;;); });`;
    const controller = new AbortController();
    const started = planned({
      startWorker: () => {
        queueMicrotask(() => controller.abort(new Error('stopped')));
        return new Worker(endless, { eval: true });
      },
      signal: controller.signal,
    });
    await expect(started).rejects.toThrow('stopped');
  });

  it('are not started where types are asked for, or there is little to do', async () => {
    const { start, count } = counted(startWorker);
    await planned({ startWorker: start, paths: ['a/0.js'] });
    await planned({ startWorker: start, paths: ['a/0.js'], types: true, verifyTypes: false });
    expect(count()).toBe(0);
  });
});
