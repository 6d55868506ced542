import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runInProcess } from '../src/campaign/isolated-job.ts';
import type { Job } from '../src/campaign/job.ts';
import type { JobResult } from '../src/campaign/outcome.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-isolated-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

function jobWith(time: number, memory: number): Job {
  return {
    name: 'one',
    source: 'https://user:secret@host.example/one.git',
    hasten: '0.0.0',
    campaign: 'c',
    file: join(folder, 'campaign.yaml'),
    where: { dependency: [], file: [] },
    transforms: {},
    sets: [],
    level: 'safe',
    types: false,
    include: [],
    exclude: [],
    ownConfig: true,
    branch: 'b',
    commit: { grouping: 'together', signoff: false },
    limits: { time, memory },
    packages: 20,
    dryRun: false,
    begun: '2026-01-02T03:04:05.000Z',
  };
}

/** Runs a job whose process does `code`, once it was told the job. */
async function done(
  code: string,
  { time = 100, memory = 500, signal = new AbortController().signal } = {},
): Promise<JobResult | undefined> {
  const module = join(folder, 'child.mjs');
  writeFileSync(
    module,
    `import { spawn } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';\nconst pids = ${JSON.stringify(join(folder, 'pids'))};\nprocess.once('message', async ({ job }) => {\n${code}\n});\n`,
  );
  return runInProcess(jobWith(time, memory), {
    entry: { module, words: [] },
    place: { cache: folder, own: join(folder, 'own'), packageRoot: folder },
    log: join(folder, 'log'),
    onStep: () => undefined,
    signal,
  });
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has asked about yet is listed as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const pidsIn = (): number[] => readFileSync(join(folder, 'pids'), 'utf8').trim().split(' ').map(Number);

describe('a job in a process of its own', () => {
  it('gives its result, and its password to nobody', async () => {
    const given = await done(
      `process.send({ kind: 'result', result: { outcome: { repository: job.name } } }, () => process.exit());`,
    );
    expect(given).toEqual({ outcome: { repository: 'one' } });
  });

  it.each([
    ['process.exit(3)', 'its process ended with exit code 3, see its log'],
    ['process.exit(0)', 'its process ended with exit code 0, see its log'],
    ["process.kill(process.pid, 'SIGKILL')", 'its process was ended by SIGKILL'],
    [
      "process.send({ kind: 'step', step: 'find' }); throw new Error('no')",
      'its process ended with exit code 1, see its log',
    ],
  ])('has failed where that dies: %s', async (code, reason) => {
    const result = await done(code);
    expect(result?.outcome).toMatchObject({
      state: 'failed',
      reason,
      step: code.includes('find') ? 'find' : 'clone',
      source: 'https://host.example/one.git',
    });
    if (code.includes('throw')) expect(readFileSync(join(folder, 'log'), 'utf8')).toContain('Error: no');
  });

  it('has failed where that hangs, also in a loop that hears no signal, with all that it started', async () => {
    const code = `const child = spawn('sleep', ['300'], { detached: true });
      writeFileSync(pids, [process.pid, child.pid].join(' '));
      process.on('SIGTERM', () => undefined);
      for (;;);`;
    const result = await done(code, { time: 3 });
    expect(result?.outcome).toMatchObject({ state: 'failed', reason: 'the time limit was reached (3 s)' });
    await expect.poll(() => pidsIn().filter(isRunning), { timeout: 20_000 }).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self/stat'))(
    'has failed where it takes too much memory, or what it started does',
    async () => {
      const heap = `const kept = []; const take = () => { for (let i = 0; i < 100; i++) kept.push(new Array(10000).fill(i + 0.5)); setImmediate(take); }; take();`;
      expect((await done(heap, { memory: 256 }))?.outcome.reason).toBe(
        'the memory limit was reached (256 MiB)',
      );
      const other = `const child = spawn(process.execPath, ['-e', 'globalThis.kept = Buffer.alloc(600e6, 1); setInterval(() => {}, 1000)'], { detached: true });
      writeFileSync(pids, String(child.pid)); setInterval(() => {}, 1000);`;
      expect((await done(other, { memory: 400 }))?.outcome.reason).toBe(
        'the memory limit was reached (400 MiB)',
      );
      await expect.poll(() => pidsIn().filter(isRunning), { timeout: 20_000 }).toEqual([]);
    },
  );

  it('is no failure where it is stopped', async () => {
    const controller = new AbortController();
    const ended = done(`writeFileSync(pids, String(process.pid)); setInterval(() => {}, 1000);`, {
      signal: controller.signal,
    });
    await expect.poll(() => existsSync(join(folder, 'pids')), { timeout: 50_000, interval: 20 }).toBe(true);
    controller.abort();
    expect(await ended).toBeUndefined();
    expect(isRunning(pidsIn()[0] ?? 0)).toBe(false);
  });
});
